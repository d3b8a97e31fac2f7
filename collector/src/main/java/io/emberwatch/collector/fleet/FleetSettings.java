package io.emberwatch.collector.fleet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How collectors share a fleet.
 *
 * @param group consumer group: the collectors of one group share the targets
 * @param takeover the targets of a collector that died are polled by others after at most this and
 *     one poll interval; 4 s or more
 * @param folder what relative paths in the definitions are relative to on this collector
 */
public record FleetSettings(String group, Duration takeover, Path folder) {

  /** Shorter would take every pause of a JVM for its death. */
  public static final Duration MIN_TAKEOVER = Duration.ofSeconds(4);

  /**
   * What a takeover needs beside the session timeout: 0.5 s until the others hear of the death, 0.5
   * s to share anew and read the definitions, 2 s over which the first polls are spread.
   */
  private static final Duration TAKEOVER_WORK = Duration.ofSeconds(3);

  /** Also how soon the others hear of a death: Kafka's own 3 s would add to every takeover. */
  private static final Duration MAX_HEARTBEAT = Duration.ofMillis(500);

  private static final int HEARTBEATS_IN_SESSION = 4;

  public FleetSettings {
    if (takeover.compareTo(MIN_TAKEOVER) < 0) {
      throw new IllegalArgumentException("takeover below " + MIN_TAKEOVER + ": " + takeover);
    }
  }

  /** Silence after which the broker gives the partitions of a collector to others. */
  Duration sessionTimeout() {
    return takeover.minus(TAKEOVER_WORK);
  }

  Duration heartbeatInterval() {
    Duration share = sessionTimeout().dividedBy(HEARTBEATS_IN_SESSION);
    return share.compareTo(MAX_HEARTBEAT) < 0 ? share : MAX_HEARTBEAT;
  }

  /**
   * How long a collector may act on what it was given without having looked again. The broker
   * counts from the last heartbeat, which may be one interval older than the look.
   */
  Duration lease() {
    return sessionTimeout().minus(heartbeatInterval().multipliedBy(2));
  }
}
