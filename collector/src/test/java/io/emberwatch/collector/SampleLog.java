package io.emberwatch.collector;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Who polled what and when, as the topic has it. */
final class SampleLog implements AutoCloseable {

  private final KafkaSettings kafka;
  private final AvroSerde<InstanceSample> serde;
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Thread reader = new Thread(this::read, "samples");
  private volatile boolean closed;

  /** One sample. */
  record Seen(String target, String collector, Instant at, TargetState state) {}

  /** Two samples of one target, one after the other, by two collectors. */
  record Handover(String target, String from, String to, Instant at, Duration apart) {}

  private SampleLog(KafkaSettings kafka, SchemaIds ids) {
    this.kafka = kafka;
    this.serde = AvroSerde.of(Topics.SAMPLES, ids);
    reader.setDaemon(true);
    reader.start();
  }

  static SampleLog start(KafkaSettings kafka, SchemaIds ids) {
    return new SampleLog(kafka, ids);
  }

  List<Seen> all() {
    return List.copyOf(seen);
  }

  List<Seen> after(Instant time) {
    return seen.stream().filter(one -> one.at().isAfter(time)).toList();
  }

  /** Targets whose last sample since then is of this collector. */
  Set<String> targetsOf(String collector, Instant since) {
    Map<String, Seen> last =
        after(since).stream()
            .collect(Collectors.toMap(Seen::target, one -> one, (a, b) -> later(a, b)));
    return last.values().stream()
        .filter(one -> one.collector().equals(collector))
        .map(Seen::target)
        .collect(Collectors.toSet());
  }

  /** From the last sample before a time to the first after it, for each target, shortest first. */
  List<Duration> gaps(Set<String> targets, Instant time) {
    List<Duration> gaps = new ArrayList<>();
    byTarget()
        .forEach(
            (target, samples) -> {
              if (targets.contains(target)) {
                gaps.add(gap(samples, time));
              }
            });
    gaps.sort(Comparator.naturalOrder());
    return gaps;
  }

  /** Changes of the collector with less than so long between the two samples. */
  List<Handover> handoversWithin(Duration limit) {
    return handovers().stream().filter(one -> one.apart().compareTo(limit) < 0).toList();
  }

  /** Changes of the collector that were changed back within so long. */
  List<Handover> quarrels(Duration limit) {
    List<Handover> all = handovers();
    List<Handover> quarrels = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      Handover there = all.get(i - 1);
      Handover back = all.get(i);
      boolean backAgain = there.target().equals(back.target()) && there.from().equals(back.to());
      if (backAgain && Duration.between(there.at(), back.at()).compareTo(limit) < 0) {
        quarrels.add(back);
      }
    }
    return quarrels;
  }

  @Override
  public void close() {
    closed = true;
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Handover> handovers() {
    List<Handover> handovers = new ArrayList<>();
    for (List<Seen> samples : byTarget().values()) {
      for (int i = 1; i < samples.size(); i++) {
        Seen a = samples.get(i - 1);
        Seen b = samples.get(i);
        if (!a.collector().equals(b.collector())) {
          Duration apart = Duration.between(a.at(), b.at());
          handovers.add(new Handover(b.target(), a.collector(), b.collector(), b.at(), apart));
        }
      }
    }
    return handovers;
  }

  private Map<String, List<Seen>> byTarget() {
    return seen.stream()
        .sorted(Comparator.comparing(Seen::at))
        .collect(Collectors.groupingBy(Seen::target));
  }

  private static Duration gap(List<Seen> samples, Instant time) {
    Instant before = time;
    for (Seen one : samples) {
      if (one.at().isAfter(time)) {
        return Duration.between(before, one.at());
      }
      before = one.at();
    }
    throw new AssertionError(samples.get(0).target() + " has no sample after " + time);
  }

  private static Seen later(Seen a, Seen b) {
    return a.at().isAfter(b.at()) ? a : b;
  }

  private void read() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new ClientProperties(kafka).consumer("sample-log", "sample-log"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.SAMPLES.name()));
      while (!closed) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  InstanceSample sample =
                      Objects.requireNonNull(
                          serde.deserializer().deserialize(record.topic(), record.value()));
                  seen.add(
                      new Seen(
                          sample.getInstanceId(),
                          sample.getCollectorId(),
                          sample.getSampledAt(),
                          sample.getState()));
                });
      }
    }
  }
}
