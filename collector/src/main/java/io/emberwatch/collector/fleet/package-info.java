/**
 * The fleet that several collectors share: what to watch is on the topic {@code
 * emberwatch.targets}, and each collector watches what lies in the partitions that its consumer
 * group gives it. Entry class of the service: {@link
 * io.emberwatch.collector.fleet.SharedDefinitions}; of the commands that write the topic: {@link
 * io.emberwatch.collector.fleet.TargetsTopic} and {@link
 * io.emberwatch.collector.fleet.TargetsPlan}.
 *
 * <p>Must not know Redis or when a target is polled.
 */
@NullMarked
package io.emberwatch.collector.fleet;

import org.jspecify.annotations.NullMarked;
