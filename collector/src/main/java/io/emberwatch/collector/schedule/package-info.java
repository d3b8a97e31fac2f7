/**
 * When a target is polled, and what one poll is: {@link io.emberwatch.collector.schedule.Poller}
 * drives, {@link io.emberwatch.collector.schedule.TargetWatch} polls one target, {@link
 * io.emberwatch.collector.schedule.PollSchedule} and {@link
 * io.emberwatch.collector.schedule.Backoff} decide. The package must not know Kafka.
 */
@NullMarked
package io.emberwatch.collector.schedule;

import org.jspecify.annotations.NullMarked;
