/**
 * What to watch. A {@link io.emberwatch.collector.target.DefinitionSource} says what is asked for:
 * {@link io.emberwatch.collector.target.Target}s, and {@link
 * io.emberwatch.collector.target.Discovery Discoveries} of more; a {@link
 * io.emberwatch.collector.target.TargetSource} has what is polled. The package must not know
 * Lettuce, Kafka or when a target is polled.
 */
@NullMarked
package io.emberwatch.collector.target;

import org.jspecify.annotations.NullMarked;
