package io.emberwatch.collector.schedule;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Slowlog;
import java.util.List;

/**
 * What one poll gave.
 *
 * @param sample always, also for a poll that failed
 * @param slowlog new slow commands, oldest first
 */
public record PollResult(InstanceSample sample, List<Slowlog> slowlog) {}
