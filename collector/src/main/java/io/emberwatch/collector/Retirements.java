package io.emberwatch.collector;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.Retirement;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a target that it will not be polled again, by anyone: its last sample, of state RETIRED.
 * That is so when its definition was taken out, or when a discovery that is still in force finds it
 * no more. A target that another collector polls from now on, since partitions moved, has none.
 *
 * <p>What was taken out while nobody acted on it is told with the time of then: should the target
 * be polled again by now, its later samples stand. Thread-safe.
 */
final class Retirements {

  private static final Logger LOG = LoggerFactory.getLogger(Retirements.class);

  /** The collector that acted on a definition may have polled once more after it was taken out. */
  private static final Duration LAST_POLL = Duration.ofSeconds(10);

  /** Silent for so long, an instance is forgotten without being told. */
  private static final Duration RELEVANT = Duration.ofHours(24);

  private static final Pattern INSTANCE_ID =
      Pattern.compile("(?<fleet>[^/]+)/(?<group>[^/]+)/(?<host>.+):(?<port>[0-9]{1,5})");

  private final String collectorId;
  private final Consumer<InstanceSample> outlet;
  private final Counter retired;
  private final Clock clock;
  private final Map<String, Target> polled = new HashMap<>();
  private final Set<String> takenOut = new HashSet<>();
  private Set<String> listed = Set.of();
  private Definitions definitions = Definitions.NONE;

  /**
   * @param outlet where samples are published
   */
  Retirements(
      String collectorId, Consumer<InstanceSample> outlet, MeterRegistry registry, Clock clock) {
    this.collectorId = collectorId;
    this.retired =
        Counter.builder("emberwatch.collector.targets.retired")
            .description("last samples of targets that were taken out of the definitions")
            .register(registry);
    this.outlet = outlet;
    this.clock = clock;
  }

  /** Definitions that were taken out; before {@link #define} is told what is left. */
  synchronized void retire(List<Retirement> retired) {
    for (Retirement one : retired) {
      if (one.at().isEmpty()) {
        takenOut.add(one.id());
      } else {
        tell(one.id(), one.at().get());
      }
    }
  }

  /** What is defined now. */
  synchronized void define(Definitions next) {
    definitions = next;
    next.ids().forEach(takenOut::remove);
  }

  /** What is polled from now on; to be told after the polling of all others has ended. */
  synchronized void watch(List<Target> targets) {
    Map<String, Target> gone = new HashMap<>(polled);
    targets.forEach(target -> gone.remove(target.instanceId()));
    for (Target target : gone.values()) {
      if (isRetired(target)) {
        publish(sample(target, clock.instant()));
        takenOut.remove(target.instanceId());
      }
    }
    polled.clear();
    targets.forEach(target -> polled.put(target.instanceId(), target));
    listed = Set.copyOf(definitions.ids());
  }

  private boolean isRetired(Target target) {
    if (listed.contains(target.instanceId())) {
      return takenOut.contains(target.instanceId());
    }
    return takenOut.stream().anyMatch(id -> isFoundBy(id, target))
        || definitions.discoveries().stream()
            .map(Discovery::id)
            .anyMatch(id -> isFoundBy(id, target));
  }

  /** A discovery's groups begin with its name. */
  private static boolean isFoundBy(String discoveryId, Target target) {
    String group = target.fleet() + "/" + target.group();
    return group.equals(discoveryId) || group.startsWith(discoveryId + "-");
  }

  private void tell(String id, Instant at) {
    Instant now = clock.instant();
    Matcher parts = INSTANCE_ID.matcher(id);
    if (parts.matches() && at.isAfter(now.minus(RELEVANT)) && !polled.containsKey(id)) {
      String host = parts.group("host").replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(parts.group("port"));
      Target target = Target.of(parts.group("fleet"), parts.group("group"), host, port);
      Instant last = at.plus(LAST_POLL);
      publish(sample(target, last.isBefore(now) ? last : now));
    }
  }

  private void publish(InstanceSample last) {
    LOG.info("event=target_retired target={} at={}", last.getInstanceId(), last.getSampledAt());
    retired.increment();
    outlet.accept(last);
  }

  /** Without a sequence, since others may have polled the target before: its time decides. */
  private InstanceSample sample(Target target, Instant at) {
    return InstanceSample.newBuilder()
        .setInstanceId(target.instanceId())
        .setFleet(target.fleet())
        .setGroup(target.group())
        .setLabels(target.labels())
        .setTier(target.tier())
        .setCollectorId(collectorId)
        .setSequence(0)
        .setSampledAt(at.truncatedTo(ChronoUnit.MICROS))
        .setPollIntervalMillis(target.pollInterval().toMillis())
        .setState(TargetState.RETIRED)
        .setProbeLatencyUsec(Map.of())
        .setRefusedProbes(List.of())
        .build();
  }
}
