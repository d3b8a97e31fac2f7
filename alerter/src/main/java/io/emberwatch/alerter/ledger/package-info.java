/**
 * Decisions of the domain, written to the store one transaction at a time.
 *
 * <p>For REST and pages, start at {@link io.emberwatch.alerter.ledger.Incidents}: {@code list},
 * {@code read}, {@code acknowledge}, {@code resolve}, {@code note}. For events from the topic,
 * {@link io.emberwatch.alerter.ledger.BreachLedger}; for what is due, {@link
 * io.emberwatch.alerter.ledger.TimerRunner}. The package must not know Kafka's clients or HTTP.
 */
@NullMarked
package io.emberwatch.alerter.ledger;

import org.jspecify.annotations.NullMarked;
