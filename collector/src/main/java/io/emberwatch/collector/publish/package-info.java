/**
 * Records to Kafka, now or later: {@link io.emberwatch.collector.publish.RecordPublisher}. One
 * thread owns all that is under way ({@code Outbox}); others tell it by events. The package must
 * not know Lettuce or targets.
 */
@NullMarked
package io.emberwatch.collector.publish;

import org.jspecify.annotations.NullMarked;
