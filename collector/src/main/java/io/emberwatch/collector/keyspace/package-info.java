/**
 * Keyspace notifications as telemetry: {@link
 * io.emberwatch.collector.keyspace.KeyspaceSubscriptions} keeps a subscription for each target that
 * opted in, {@code EventWindows} counts what it receives, in place, and closed windows go to a
 * {@link io.emberwatch.collector.keyspace.WindowPublisher}. Counting is pure and bounded, so a slow
 * publisher makes windows longer and never the memory larger. The package must not know Kafka, nor
 * change a server's configuration.
 */
@NullMarked
package io.emberwatch.collector.keyspace;

import org.jspecify.annotations.NullMarked;
