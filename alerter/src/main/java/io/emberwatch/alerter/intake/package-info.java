/**
 * From Kafka to the domain. {@link io.emberwatch.alerter.intake.BreachConsumer} takes breaches in,
 * each batch in one database transaction that also holds the offsets; {@link
 * io.emberwatch.alerter.intake.HealthConsumer} keeps the latest state of the fleet in memory, as
 * {@link io.emberwatch.alerter.intake.FleetHealth}, for REST and pages. The package decides nothing
 * about incidents and knows no receiver.
 */
@NullMarked
package io.emberwatch.alerter.intake;

import org.jspecify.annotations.NullMarked;
