package io.emberwatch.collector.publish;

import java.time.Duration;

/**
 * Bounds of publishing.
 *
 * @param maxInFlight records not yet acknowledged, waiting ones included; 1 or more
 * @param closeTimeout how long a stop waits for acknowledgements
 */
public record PublishSettings(int maxInFlight, Duration closeTimeout) {}
