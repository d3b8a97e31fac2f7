package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Drops;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Meters of publishing. Each record is in one place at a time: offered + recovered = published +
 * dropped + in flight + spooled. Thread-safe.
 */
final class PublishMeters implements Drops {

  private static final String PREFIX = "emberwatch.collector.records.";

  private final MeterRegistry registry;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger writable = new AtomicInteger();
  private final Map<String, Counter> offered = new ConcurrentHashMap<>();
  private final Map<String, Counter> published = new ConcurrentHashMap<>();

  PublishMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("emberwatch.collector.in.flight", inFlight);
    registry.gauge("emberwatch.collector.kafka.connected", connected);
    registry.gauge("emberwatch.collector.spool.writable", writable);
  }

  MeterRegistry registry() {
    return registry;
  }

  /** A record came; it is in memory. */
  void offered(String topic) {
    inFlight.incrementAndGet();
    counter(offered, "offered", topic).increment();
  }

  /** Records of a former run were found on disk. */
  void recovered(long records) {
    registry.counter(PREFIX + "recovered").increment((double) records);
  }

  /** Kafka has a record that was in memory alone. */
  void publishedFromMemory(String topic) {
    inFlight.decrementAndGet();
    counter(published, "published", topic).increment();
  }

  /** Kafka has a record that was on disk. */
  void publishedFromSpool(String topic) {
    counter(published, "published", topic).increment();
  }

  /** Records went from memory to disk. */
  void spooled(int records) {
    inFlight.addAndGet(-records);
  }

  /** A record that was in memory alone is given up. */
  void droppedFromMemory(String topic, String reason) {
    inFlight.decrementAndGet();
    dropped(topic, 1, reason);
  }

  /** Records that were on disk are given up. */
  @Override
  public void dropped(String topic, int records, String reason) {
    registry.counter(PREFIX + "dropped", "topic", topic, "reason", reason).increment(records);
  }

  void connected(boolean is) {
    connected.set(is ? 1 : 0);
  }

  void writable(boolean is) {
    writable.set(is ? 1 : 0);
  }

  private Counter counter(Map<String, Counter> known, String name, String topic) {
    return known.computeIfAbsent(topic, t -> registry.counter(PREFIX + name, "topic", t));
  }
}
