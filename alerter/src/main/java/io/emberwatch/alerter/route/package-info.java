/**
 * Who is told of an incident. Start at {@link io.emberwatch.alerter.route.Routes}. Pure; must not
 * know how a receiver is reached. Today every receiver gets every incident at or above its least
 * severity; routing trees, silences and maintenance are left to a later issue.
 */
@NullMarked
package io.emberwatch.alerter.route;

import org.jspecify.annotations.NullMarked;
