package io.emberwatch.collector.schedule;

import io.emberwatch.collector.probe.Emission;
import io.emberwatch.schemas.InstanceSample;
import java.util.List;

/**
 * What one poll gave.
 *
 * @param sample always, also for a poll that failed
 * @param emissions records of other topics, in their order
 */
public record PollResult(InstanceSample sample, List<Emission<?>> emissions) {}
