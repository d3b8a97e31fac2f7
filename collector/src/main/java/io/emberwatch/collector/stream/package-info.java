/**
 * The replies of XINFO as records: {@link io.emberwatch.collector.stream.StreamReading} is the
 * entry. The package is pure: it must not know connections, clocks or targets.
 */
@NullMarked
package io.emberwatch.collector.stream;

import org.jspecify.annotations.NullMarked;
