/**
 * Records to Kafka: {@link io.emberwatch.collector.publish.RecordPublisher}. The package must not
 * know Lettuce or targets.
 */
@NullMarked
package io.emberwatch.collector.publish;

import org.jspecify.annotations.NullMarked;
