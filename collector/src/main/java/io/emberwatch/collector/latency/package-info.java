/**
 * The replies of LATENCY as records: {@link io.emberwatch.collector.latency.CommandLatencies} and
 * {@link io.emberwatch.collector.latency.LatencyEvents} are the entries. The package is pure: it
 * must not know connections, clocks or targets.
 */
@NullMarked
package io.emberwatch.collector.latency;

import org.jspecify.annotations.NullMarked;
