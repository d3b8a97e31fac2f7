package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowOutletTest {

  private final List<KeyspaceEventSample> published = new ArrayList<>();
  private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventWindows windows =
      new EventWindows(
          Target.of("f", "g", "h", 1),
          KeyspaceEvents.DEFAULTS,
          "c1",
          new AtomicLong(),
          new Random(1),
          Instant.EPOCH);
  private final WindowOutlet outlet =
      new WindowOutlet(windows, this::publish, new KeyspaceMeters(registry));

  private CompletableFuture<Void> publish(KeyspaceEventSample window) {
    published.add(window);
    acknowledgements.add(new CompletableFuture<>());
    return acknowledgements.get(acknowledgements.size() - 1);
  }

  private void busySeconds(int from, int to) {
    for (int second = from; second <= to; second++) {
      windows.message(
          "__keyevent@0__:set".getBytes(StandardCharsets.UTF_8),
          "key".getBytes(StandardCharsets.UTF_8));
      outlet.tick(Instant.ofEpochSecond(second));
    }
  }

  @Test
  void makesWindowsLongerInsteadOfQueueingThem() {
    windows.subscribed(Instant.EPOCH);
    busySeconds(1, 100);
    assertThat(published).hasSize(WindowOutlet.MAX_PENDING);
    acknowledgements.forEach(ack -> ack.complete(null));
    busySeconds(101, 101);
    assertThat(published).hasSize(WindowOutlet.MAX_PENDING + 1);
    assertThat(published.get(WindowOutlet.MAX_PENDING).getTotal()).isEqualTo(97);
    assertThat(published.stream().mapToLong(KeyspaceEventSample::getTotal).sum()).isEqualTo(101);
  }

  @Test
  void countsWhatThePublisherLost() {
    windows.subscribed(Instant.EPOCH);
    busySeconds(1, 2);
    acknowledgements.get(0).completeExceptionally(new IllegalStateException("broker gone"));
    acknowledgements.get(1).complete(null);
    assertThat(registry.counter("emberwatch.collector.keyspace.events.lost").count()).isEqualTo(1);
    assertThat(registry.counter("emberwatch.collector.keyspace.windows.lost").count()).isEqualTo(1);
    assertThat(registry.counter("emberwatch.collector.keyspace.events.published").count())
        .isEqualTo(1);
  }
}
