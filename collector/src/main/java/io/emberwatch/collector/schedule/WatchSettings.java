package io.emberwatch.collector.schedule;

import java.time.Duration;

/**
 * What the watches of all targets share.
 *
 * @param collectorId in every sample
 * @param slowInterval between two looks at what changes rarely: build, configuration, commandstats
 * @param backoffCap longest wait between two connects to a dead target
 */
public record WatchSettings(String collectorId, Duration slowInterval, Duration backoffCap) {}
