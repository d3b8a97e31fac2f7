/**
 * Records on disk while Kafka is away: {@link io.emberwatch.collector.spool.Spool}. The package
 * must not know Kafka, Lettuce or targets.
 */
@NullMarked
package io.emberwatch.collector.spool;

import org.jspecify.annotations.NullMarked;
