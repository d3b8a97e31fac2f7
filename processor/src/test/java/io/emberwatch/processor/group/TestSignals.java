package io.emberwatch.processor.group;

import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signals of members of the group {@code prod/cache-1}, polled each 15 s. */
public final class TestSignals {

  public static final Duration INTERVAL = Duration.ofSeconds(15);
  public static final String FLEET = "prod";
  public static final String GROUP = "cache-1";

  private TestSignals() {}

  /** A primary that reports that many replicas. */
  public static Signals primary(String host, long second, long replicas) {
    Signals signals = reachable(host, second, Role.PRIMARY);
    signals.setOnlineReplicas(replicas);
    return signals;
  }

  /** A replica with its link up. */
  public static Signals replica(String host, long second) {
    Signals signals = reachable(host, second, Role.REPLICA);
    signals.setLinkUp(true);
    return signals;
  }

  /** A replica with its link down. */
  public static Signals cutReplica(String host, long second) {
    Signals signals = reachable(host, second, Role.REPLICA);
    signals.setLinkUp(false);
    return signals;
  }

  /** A server that refuses the connection. */
  public static Signals refused(String host, long second) {
    Signals signals = signals(host, second);
    signals.setReachable(false);
    signals.setState(TargetState.UNREACHABLE);
    signals.setError("connection refused");
    return signals;
  }

  /** The last signals of a target that was taken out of the definitions. */
  public static Signals retired(String host, long second) {
    Signals signals = signals(host, second);
    signals.setReachable(true);
    signals.setState(TargetState.RETIRED);
    return signals;
  }

  public static Signals labelled(Signals signals, String label, String value) {
    Map<String, String> labels = new HashMap<>(signals.getLabels());
    labels.put(label, value);
    signals.setLabels(labels);
    return signals;
  }

  public static String id(String host) {
    return FLEET + "/" + GROUP + "/" + host + ":6379";
  }

  private static Signals reachable(String host, long second, Role role) {
    Signals signals = signals(host, second);
    signals.setReachable(true);
    signals.setState(TargetState.UP);
    signals.setRole(role);
    return signals;
  }

  private static Signals signals(String host, long second) {
    return Signals.newBuilder()
        .setInstanceId(id(host))
        .setFleet(FLEET)
        .setGroup(GROUP)
        .setHost(host)
        .setPort(6379)
        .setLabels(Map.of("owner", "team-a"))
        .setTier(Tier.CACHE)
        .setTraceId("collector-1/" + second)
        .setSampledAt(Instant.ofEpochSecond(second))
        .setPollIntervalMillis(INTERVAL.toMillis())
        .setReachable(false)
        .setRefusedProbes(List.of())
        .build();
  }
}
