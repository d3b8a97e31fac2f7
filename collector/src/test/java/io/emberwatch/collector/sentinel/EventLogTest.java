package io.emberwatch.collector.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.SentinelEvent;
import io.emberwatch.schemas.SentinelEventLog;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog();

  private boolean add(String channel) {
    return log.add(Announcement.read(channel.getBytes(UTF_8), new byte[0], Instant.EPOCH));
  }

  @Test
  void tellsEachAnnouncementOnceAndGoesOnCounting() {
    assertThat(log.take().getSubscribedSince()).isNull();
    log.began(Instant.EPOCH);
    add("+sdown");
    add("-sdown");
    SentinelEventLog first = log.take();
    assertThat(first.getSubscribed()).isTrue();
    assertThat(first.getEvents())
        .extracting(SentinelEvent::getEvent)
        .containsExactly("+sdown", "-sdown");
    add("+sdown");
    SentinelEventLog second = log.take();
    assertThat(second.getEvents()).hasSize(1);
    assertThat(second.getCounts()).containsEntry("+sdown", 2L).containsEntry("-sdown", 1L);
    log.ended();
    assertThat(log.take().getSubscribed()).isFalse();
    log.began(Instant.EPOCH.plusSeconds(1));
    assertThat(log.take().getCounts()).isEmpty();
  }

  @Test
  void isBoundedAndCountsWhatItDrops() {
    log.began(Instant.EPOCH);
    for (int i = 0; i < 1000; i++) {
      assertThat(add("+kind" + i)).isEqualTo(i < EventLog.MAX_EVENTS);
    }
    SentinelEventLog taken = log.take();
    assertThat(taken.getEvents()).hasSize(EventLog.MAX_EVENTS);
    assertThat(taken.getDropped()).isEqualTo(1000 - EventLog.MAX_EVENTS);
    assertThat(taken.getCounts()).hasSize(EventLog.MAX_KINDS);
    assertThat(taken.getCounts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(1000);
    assertThat(log.take().getDropped()).isZero();
  }
}
