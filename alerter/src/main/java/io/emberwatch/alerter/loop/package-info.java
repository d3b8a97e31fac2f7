/** Threads that do one thing again and again. Start at {@link io.emberwatch.alerter.loop.Loop}. */
@NullMarked
package io.emberwatch.alerter.loop;

import org.jspecify.annotations.NullMarked;
