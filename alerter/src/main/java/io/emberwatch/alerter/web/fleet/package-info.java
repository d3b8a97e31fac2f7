/**
 * The fleet's health as the API and the pages show it: filtered, counted and sorted. Start at
 * {@link io.emberwatch.alerter.web.fleet.FleetBoard}. Pure, apart from the {@link
 * io.emberwatch.alerter.web.fleet.HealthSource} that it is read from.
 */
@NullMarked
package io.emberwatch.alerter.web.fleet;

import org.jspecify.annotations.NullMarked;
