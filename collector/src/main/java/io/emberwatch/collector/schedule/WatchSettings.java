package io.emberwatch.collector.schedule;

import java.time.Duration;
import java.util.Map;

/**
 * What the watches of all targets share.
 *
 * @param collectorId in every sample
 * @param slowInterval between two samples with what changes rarely: build facts, unknown fields
 * @param backoffCap longest wait between two connects to a dead target
 * @param budgetShare share of a server's one thread that probes may cost, above 0 to 1
 * @param cadences by the name of a probe, where it is not the probe's own
 */
public record WatchSettings(
    String collectorId,
    Duration slowInterval,
    Duration backoffCap,
    double budgetShare,
    Map<String, ProbeCadence> cadences) {}
