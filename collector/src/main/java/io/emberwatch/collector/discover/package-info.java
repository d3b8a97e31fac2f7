/**
 * From what is asked for to what is polled: {@link
 * io.emberwatch.collector.discover.DiscoveredTargets} runs a {@link
 * io.emberwatch.collector.discover.Discoverer} for each discovery and adds what they find to the
 * listed targets. The package must not know Kafka, or when a target is polled.
 */
@NullMarked
package io.emberwatch.collector.discover;

import org.jspecify.annotations.NullMarked;
