package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.NotificationCounters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EventWindowsTest {

  private final EventWindows windows =
      new EventWindows(
          Target.of("f", "g", "h", 1),
          KeyspaceEvents.DEFAULTS,
          KeyNames.of(KeyNaming.DROPPED, new byte[] {1}),
          "c1",
          new AtomicLong(),
          new Random(1),
          at(0));

  private static Instant at(double second) {
    return Instant.EPOCH.plusMillis(Math.round(second * 1_000));
  }

  private boolean event(String event, String key) {
    return message("__keyevent@0__:" + event, key);
  }

  private boolean message(String channel, String key) {
    Slices message = Slices.of(channel, key.getBytes(StandardCharsets.UTF_8));
    return windows.message(
        message.bytes(),
        message.channel(),
        message.channelLength(),
        message.key(),
        message.keyLength());
  }

  @Test
  void closesAWindowWhenItIsLongEnough() {
    windows.subscribed(at(0));
    windows.setting(Optional.of("AKE"));
    event("set", "user:1");
    event("expired", "user:2");
    assertThat(windows.closeDue(at(0.9))).isEmpty();
    KeyspaceEventSample window = windows.closeDue(at(1.1)).get(0);
    assertThat(window.getInstanceId()).isEqualTo("f/g/h:1");
    assertThat(window.getSequence()).isEqualTo(1);
    assertThat(window.getWindowStart()).isEqualTo(at(0));
    assertThat(window.getWindowEnd()).isEqualTo(at(1.1));
    assertThat(window.getTotal()).isEqualTo(2);
    assertThat(window.getCounts()).hasSize(2);
    assertThat(window.getUnsubscribedMillis()).isZero();
    assertThat(window.getNotifyKeyspaceEvents()).isEqualTo("AKE");
    assertThat(window.getSampledKeys()).as("names of keys are not allowed").isEmpty();
    event("set", "user:1");
    assertThat(windows.closeDue(at(2.2)))
        .singleElement()
        .satisfies(
            next -> {
              assertThat(next.getWindowStart()).isEqualTo(at(1.1));
              assertThat(next.getTotal()).isEqualTo(1);
              assertThat(next.getSequence()).isEqualTo(2);
            });
  }

  @Test
  void joinsQuietWindowsAndKeepsTheBusyOneShort() {
    windows.subscribed(at(0));
    for (int second = 1; second <= 30; second++) {
      assertThat(windows.closeDue(at(second))).isEmpty();
    }
    event("set", "a");
    List<KeyspaceEventSample> closed = windows.closeDue(at(31));
    assertThat(closed).extracting(KeyspaceEventSample::getTotal).containsExactly(0L, 1L);
    assertThat(closed)
        .extracting(KeyspaceEventSample::getWindowStart)
        .containsExactly(at(0), at(30));
    assertThat(closed)
        .extracting(KeyspaceEventSample::getWindowEnd)
        .containsExactly(at(30), at(31));
    assertThat(closed).extracting(KeyspaceEventSample::getSequence).containsExactly(1L, 2L);
  }

  @Test
  void provesOnceAMinuteThatItListens() {
    windows.subscribed(at(0));
    long published = 0;
    for (int second = 1; second <= 600; second++) {
      published += windows.closeDue(at(second)).size();
    }
    assertThat(published).isEqualTo(10);
  }

  @Test
  void countsTheTimeWithoutASubscription() {
    windows.subscribed(at(0.25));
    event("set", "a");
    windows.lost(at(0.75));
    assertThat(windows.counters()).isEmpty();
    assertThat(windows.closeDue(at(1)).get(0).getUnsubscribedMillis()).isEqualTo(500);
    assertThat(windows.closeDue(at(2))).isEmpty();
    windows.subscribed(at(2.5));
    event("set", "a");
    List<KeyspaceEventSample> closed = windows.closeDue(at(3));
    assertThat(closed)
        .extracting(KeyspaceEventSample::getUnsubscribedMillis)
        .containsExactly(1_000L, 500L);
    assertThat(closed.get(1).getSubscribedSince()).isEqualTo(at(2.5));
  }

  @Test
  void doesNotCountLostTimeTwiceWhenTheLossIsNoticedLate() {
    windows.subscribed(at(0));
    event("set", "a");
    assertThat(windows.closeDue(at(1))).hasSize(1);
    windows.lost(at(0.5));
    windows.subscribed(at(1.5));
    event("set", "a");
    assertThat(windows.closeDue(at(2)).get(0).getUnsubscribedMillis()).isEqualTo(500);
  }

  @Test
  void beginsItsTotalsAnewWithEachSubscription() {
    windows.subscribed(at(0));
    event("expired", "a");
    event("evicted", "a");
    event("set", "a");
    assertThat(windows.counters()).contains(new NotificationCounters(at(0), 3L, 1L, 1L, null));
    windows.lost(at(1));
    windows.subscribed(at(2));
    windows.setting(Optional.of(""));
    assertThat(windows.counters()).contains(new NotificationCounters(at(2), 0L, 0L, 0L, ""));
  }

  @Test
  void publishesNothingBeforeTheFirstSubscriptionAndThenOwnsUpToTheWait() {
    for (int second = 1; second <= 100; second++) {
      assertThat(windows.closeDue(at(second))).isEmpty();
    }
    windows.subscribed(at(100.5));
    event("set", "a");
    assertThat(windows.closeDue(at(101)))
        .extracting(KeyspaceEventSample::getUnsubscribedMillis)
        .containsExactly(100_000L, 500L);
  }

  @Test
  void leavesForgedMessagesOutOfTheCounts() {
    windows.subscribed(at(0));
    assertThat(message("__keyevent@x__:set", "a")).isFalse();
    assertThat(windows.received()).isZero();
    assertThat(windows.closeAll(at(0.1)).get(0).getTotal()).isZero();
  }
}
