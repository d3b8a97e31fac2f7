package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowOutletTest {

  private final List<KeyspaceEventSample> published = new ArrayList<>();
  private final Publisher publisher = new Publisher();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventWindows windows =
      new EventWindows(
          Target.of("f", "g", "h", 1),
          KeyspaceEvents.DEFAULTS,
          KeyNames.of(KeyNaming.DROPPED, new byte[] {1}),
          "c1",
          new AtomicLong(),
          new Random(1),
          Instant.EPOCH);
  private final WindowOutlet outlet =
      new WindowOutlet(windows, publisher, new KeyspaceMeters(registry));

  /** Takes windows, has none of the room, or refuses what it had room for. */
  private final class Publisher implements WindowPublisher {

    private boolean room = true;
    private boolean takes = true;

    @Override
    public boolean hasRoom() {
      return room;
    }

    @Override
    public boolean offer(KeyspaceEventSample window) {
      return takes && published.add(window);
    }
  }

  private void busySeconds(int from, int to) {
    for (int second = from; second <= to; second++) {
      Slices message = Slices.of(new EventKind(0, "set"), "key");
      windows.message(
          message.bytes(),
          message.channel(),
          message.channelLength(),
          message.key(),
          message.keyLength());
      outlet.tick(Instant.ofEpochSecond(second));
    }
  }

  private double meter(String name) {
    return registry.counter("emberwatch.collector.keyspace." + name).count();
  }

  @Test
  void makesWindowsLongerInsteadOfQueueingThem() {
    windows.subscribed(Instant.EPOCH);
    busySeconds(1, 4);
    publisher.room = false;
    busySeconds(5, 100);
    assertThat(published).hasSize(4);
    publisher.room = true;
    busySeconds(101, 101);
    assertThat(published)
        .extracting(KeyspaceEventSample::getTotal)
        .containsExactly(1L, 1L, 1L, 1L, 97L);
    assertThat(published.get(4).getWindowStart()).isEqualTo(Instant.ofEpochSecond(4));
    assertThat(published.get(4).getWindowEnd()).isEqualTo(Instant.ofEpochSecond(101));
    assertThat(meter("events.published")).isEqualTo(101);
  }

  @Test
  void countsWhatThePublisherRefused() {
    windows.subscribed(Instant.EPOCH);
    busySeconds(1, 1);
    publisher.takes = false;
    busySeconds(2, 3);
    assertThat(meter("windows.dropped")).isEqualTo(2);
    assertThat(meter("events.dropped")).isEqualTo(2);
    assertThat(meter("events.published")).isEqualTo(1);
  }
}
