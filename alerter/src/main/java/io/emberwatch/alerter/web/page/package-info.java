/**
 * Pages for people: rendered here with Pebble (escaping on), readable without a script; where one
 * runs, htmx refreshes the parts that change. Presenters turn records into texts; templates hold no
 * logic beyond loops and choices. Start at {@link io.emberwatch.alerter.web.page.FleetPage} and
 * {@link io.emberwatch.alerter.web.page.IncidentPages}.
 */
@NullMarked
package io.emberwatch.alerter.web.page;

import org.jspecify.annotations.NullMarked;
