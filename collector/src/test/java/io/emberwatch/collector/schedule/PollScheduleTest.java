package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PollScheduleTest {

  private static PollSchedule schedule(String id, long intervalMillis) {
    return new PollSchedule(id, Duration.ofMillis(intervalMillis));
  }

  @Property(tries = 500)
  void comesHalfToOneAndAHalfIntervalsLater(
      @ForAll String id,
      @ForAll @IntRange(min = 100, max = 3_600_000) int intervalMillis,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    long waitMillis = Duration.between(now, schedule(id, intervalMillis).next(now)).toMillis();
    assertThat(waitMillis * 2).isBetween((long) intervalMillis, 3L * intervalMillis);
  }

  @Property(tries = 500)
  void keepsItsPhaseHoweverLateATickIs(
      @ForAll String id,
      @ForAll @IntRange(min = 100, max = 3_600_000) int intervalMillis,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long nowMillis,
      @ForAll @IntRange(min = 0, max = 10_000_000) int laterMillis) {
    PollSchedule schedule = schedule(id, intervalMillis);
    Instant slot = schedule.next(Instant.ofEpochMilli(nowMillis));
    Instant later = schedule.next(slot.plusMillis(laterMillis));
    assertThat(Duration.between(slot, later).toMillis() % intervalMillis).isZero();
    assertThat(schedule.next(slot)).isEqualTo(slot.plusMillis(intervalMillis));
  }

  @Property(tries = 300)
  void beginsSoonAndEndsBeforeTheNextSlot(
      @ForAll String id, @ForAll @IntRange(min = 100, max = 3_600_000) int intervalMillis) {
    PollSchedule schedule = schedule(id, intervalMillis);
    Instant first = schedule.first(Instant.EPOCH, 30);
    assertThat(first.toEpochMilli()).isBetween(0L, Math.min(intervalMillis, 2_000) - 1L);
    assertThat(schedule.deadline())
        .isPositive()
        .isLessThan(schedule.interval())
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void spreadsTheServersOfAGroupOverTheInterval() {
    long intervalMillis = 15_000;
    int[] slots = new int[10];
    IntStream.range(0, 1_000)
        .mapToObj(
            i ->
                schedule(
                    "prod/orders/10.0.0.%d:%d".formatted(i % 250, 6379 + i / 250), intervalMillis))
        .mapToLong(s -> s.next(Instant.EPOCH).toEpochMilli() % intervalMillis)
        .forEach(phase -> slots[(int) (phase * slots.length / intervalMillis)]++);
    assertThat(IntStream.of(slots).boxed()).allMatch(polls -> polls >= 60 && polls <= 140);
  }

  @Test
  void isLateAfterHalfAnInterval() {
    PollSchedule schedule = schedule("a", 1_000);
    assertThat(schedule.isLate(Instant.EPOCH, Instant.EPOCH.plusMillis(500))).isFalse();
    assertThat(schedule.isLate(Instant.EPOCH, Instant.EPOCH.plusMillis(501))).isTrue();
  }

  @Test
  void manyThatBeginTogetherAreSpreadOverMoreTime() {
    Duration interval = Duration.ofSeconds(15);
    long latest =
        IntStream.range(0, 3_000)
            .mapToObj(i -> new PollSchedule("it/g/host:" + i, interval))
            .mapToLong(schedule -> schedule.first(Instant.EPOCH, 3_000).toEpochMilli())
            .max()
            .orElseThrow();
    assertThat(latest).isBetween(9_000L, 10_000L);
    assertThat(new PollSchedule("it/g/host:1", interval).firstLooks(1_500)).isZero();
    assertThat(new PollSchedule("it/g/host:1", interval).firstLooks(1_600))
        .isEqualTo(Duration.ofSeconds(16));
  }
}
