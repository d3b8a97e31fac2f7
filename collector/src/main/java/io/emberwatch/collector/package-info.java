/**
 * The collector: {@link io.emberwatch.collector.CollectorApp} wires targets, polling and publishing
 * into one service, {@link io.emberwatch.collector.CollectorCommand} is its command line.
 */
@NullMarked
package io.emberwatch.collector;

import org.jspecify.annotations.NullMarked;
