/**
 * What to watch: {@link io.emberwatch.collector.target.Target} and where targets come from, {@link
 * io.emberwatch.collector.target.TargetSource}. The package must not know Lettuce, Kafka or when a
 * target is polled.
 */
@NullMarked
package io.emberwatch.collector.target;

import org.jspecify.annotations.NullMarked;
