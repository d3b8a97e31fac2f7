package io.emberwatch.processor.signal;

import static io.emberwatch.processor.fixture.TestSample.poll;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.Signals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 15 s lie between two polls. */
class KeyspaceSignalsTest {

  @Test
  void ttlCoverIsOfAllDatabases() {
    Signals signals =
        SignalRun.of(poll(0, s -> s.setKeyspace(List.of(db(0, 900, 300), db(3, 100, 50)))));
    assertThat(signals.getKeys()).isEqualTo(1_000);
    assertThat(signals.getTtlCover()).isEqualTo(0.35);
  }

  @Test
  void emptyServerHasNoTtlCover() {
    Signals signals = SignalRun.of(poll(0));
    assertThat(signals.getKeys()).isZero();
    assertThat(signals.getTtlCover()).isNull();
  }

  @Test
  void expireRateIsKeysASecond() {
    assertThat(SignalRun.of(poll(0), expired(poll(1), 60)).getExpireRate()).isEqualTo(4.0);
  }

  @Test
  void notifCoverIsEventsReceivedOfThoseCounted() {
    Signals signals =
        SignalRun.of(
            notified(expired(poll(0), 1_000), 500, 0, "AKE"),
            notified(expired(poll(1), 1_200), 650, 0, "AKE"));
    assertThat(signals.getNotifCover()).isEqualTo(0.75);
  }

  @Test
  void notifCoverTakesEvictionsWhereTooFewKeysExpired() {
    InstanceSample second = notified(expired(poll(1), 99), 0, 150, "Ee");
    second.getStats().setEvictedKeys(200L);
    assertThat(SignalRun.of(notified(poll(0), 0, 0, "Ee"), second).getNotifCover()).isEqualTo(0.75);
  }

  @Test
  void notifCoverIsNullBelowAHundredEvents() {
    assertThat(
            SignalRun.of(
                    notified(poll(0), 0, 0, "AKE"), notified(expired(poll(1), 99), 99, 0, "AKE"))
                .getNotifCover())
        .isNull();
  }

  @Test
  void notifCoverIsNullForEventsThatTheServerDoesNotSend() {
    assertThat(
            SignalRun.of(
                    notified(poll(0), 0, 0, "KEg"), notified(expired(poll(1), 500), 0, 0, "KEg"))
                .getNotifCover())
        .isNull();
  }

  @Test
  void notifCoverIsNullAcrossANewSubscription() {
    InstanceSample second = notified(expired(poll(1), 500), 100, 0, "AKE");
    second.getNotifications().setSubscribedSince(Instant.ofEpochSecond(9));
    assertThat(SignalRun.of(notified(poll(0), 0, 0, "AKE"), second).getNotifCover()).isNull();
  }

  private static DbStats db(int number, long keys, long expires) {
    DbStats db = new DbStats();
    db.setDb(number);
    db.setKeys(keys);
    db.setExpires(expires);
    return db;
  }

  private static InstanceSample expired(InstanceSample sample, long keys) {
    sample.getStats().setExpiredKeys(keys);
    return sample;
  }

  private static InstanceSample notified(
      InstanceSample sample, long expired, long evicted, String flags) {
    NotificationCounters counters = new NotificationCounters();
    counters.setSubscribedSince(Instant.EPOCH);
    counters.setReceived(expired + evicted);
    counters.setExpired(expired);
    counters.setEvicted(evicted);
    counters.setNotifyKeyspaceEvents(flags);
    sample.setNotifications(counters);
    return sample;
  }
}
