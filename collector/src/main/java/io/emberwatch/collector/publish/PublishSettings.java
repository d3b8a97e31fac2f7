package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.SpoolSettings;
import java.time.Duration;

/**
 * Bounds of publishing.
 *
 * @param maxInFlight records handed to Kafka's client and not yet acknowledged; 1 or more
 * @param closeTimeout how long a stop waits for acknowledgements
 * @param spool where records wait that Kafka does not take
 */
public record PublishSettings(int maxInFlight, Duration closeTimeout, SpoolSettings spool) {}
