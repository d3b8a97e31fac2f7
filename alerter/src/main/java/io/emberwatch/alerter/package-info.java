/**
 * The alerter: breaches become incidents, people are told and can answer. {@link
 * io.emberwatch.alerter.AlerterApp} wires the packages together and is the only place that does.
 */
@NullMarked
package io.emberwatch.alerter;

import org.jspecify.annotations.NullMarked;
