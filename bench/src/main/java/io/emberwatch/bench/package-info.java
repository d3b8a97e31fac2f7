/** JMH benchmarks; {@code docs/performance.md} has the commands and the figures. */
@NullMarked
package io.emberwatch.bench;

import org.jspecify.annotations.NullMarked;
