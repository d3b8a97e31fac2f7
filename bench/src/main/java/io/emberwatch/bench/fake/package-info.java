/**
 * Thousands of servers that look like Redis 7.0, in one process: {@link
 * io.emberwatch.bench.fake.FakeFleet}. They answer what a real server answered, with counters that
 * move, or behave badly on demand.
 */
@NullMarked
package io.emberwatch.bench.fake;

import org.jspecify.annotations.NullMarked;
