/**
 * What the nodes of a Redis Cluster say about it: bytes and lists in, records out. Pure, bounded
 * and tolerant of any input; the package must not know connections, targets or samples.
 */
@NullMarked
package io.emberwatch.collector.cluster;

import org.jspecify.annotations.NullMarked;
