package io.emberwatch.bench.run;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the samples of a fleet say of those that watch it. Thread-safe. */
final class FleetView {

  /**
   * One sample.
   *
   * @param infoMicros how long INFO took; -1 for none
   */
  record Seen(String address, Instant at, long sequence, TargetState state, long infoMicros) {}

  /**
   * The samples of some servers over a time.
   *
   * @param servers that gave any
   * @param up samples of servers in state UP
   * @param missing sequence numbers that were left out
   * @param gapP99Millis how far from the interval the time between two samples is, p99
   * @param infoP50Micros latency of INFO, median
   * @param infoP99Micros latency of INFO, p99
   */
  record Summary(
      int servers,
      int samples,
      int up,
      long missing,
      long gapP99Millis,
      long infoP50Micros,
      long infoP99Micros) {}

  private final List<Seen> seen = new ArrayList<>();

  synchronized void take(InstanceSample sample) {
    Long info = sample.getInfoUsec();
    seen.add(
        new Seen(
            sample.getInstanceId().substring(sample.getInstanceId().lastIndexOf('/') + 1),
            sample.getSampledAt(),
            sample.getSequence(),
            sample.getState(),
            info == null ? -1 : info));
  }

  /** The samples from one moment to another of the servers that are asked for. */
  synchronized Summary summary(
      Instant from, Instant to, Duration interval, Predicate<String> addresses) {
    Map<String, List<Seen>> byServer = new HashMap<>();
    for (Seen one : seen) {
      if (!one.at.isBefore(from) && one.at.isBefore(to) && addresses.test(one.address)) {
        byServer.computeIfAbsent(one.address, address -> new ArrayList<>()).add(one);
      }
    }
    List<Long> gaps = new ArrayList<>();
    List<Long> latencies = new ArrayList<>();
    int samples = 0;
    int up = 0;
    long missing = 0;
    for (List<Seen> one : byServer.values()) {
      one.sort((a, b) -> Long.compare(a.sequence, b.sequence));
      samples += one.size();
      up += (int) one.stream().filter(s -> s.state == TargetState.UP).count();
      missing += one.get(one.size() - 1).sequence - one.get(0).sequence + 1 - one.size();
      for (int i = 1; i < one.size(); i++) {
        Duration gap = Duration.between(one.get(i - 1).at, one.get(i).at);
        gaps.add(gap.minus(interval).abs().toMillis());
      }
      one.stream().filter(s -> s.infoMicros >= 0).forEach(s -> latencies.add(s.infoMicros));
    }
    return new Summary(
        byServer.size(),
        samples,
        up,
        missing,
        quantile(gaps, 0.99),
        quantile(latencies, 0.5),
        quantile(latencies, 0.99));
  }

  private static long quantile(List<Long> values, double share) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? -1
        : Arrays.stream(sorted).skip((long) ((sorted.length - 1) * share)).findFirst().orElse(-1);
  }
}
