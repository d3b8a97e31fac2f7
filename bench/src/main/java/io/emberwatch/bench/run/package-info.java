/**
 * Runs that measure whole processes: {@link io.emberwatch.bench.run.BenchCommand}. What is measured
 * is a process of its own, started as a user starts it; this one only asks, counts and reads {@code
 * /proc}.
 */
@NullMarked
package io.emberwatch.bench.run;

import org.jspecify.annotations.NullMarked;
