/**
 * The alerter's HTTP endpoint for people and scripts: REST under {@code /api/v1} ({@link
 * io.emberwatch.alerter.web.api}) and pages ({@link io.emberwatch.alerter.web.page}).
 *
 * <p>Start at {@link io.emberwatch.alerter.web.WebServer}. The package must not know Kafka or JDBC:
 * it asks {@link io.emberwatch.alerter.ledger.Incidents} and a {@link
 * io.emberwatch.alerter.web.fleet.HealthSource}.
 */
@NullMarked
package io.emberwatch.alerter.web;

import org.jspecify.annotations.NullMarked;
