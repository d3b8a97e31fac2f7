package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.key.PrefixFinder;
import io.emberwatch.collector.target.PrefixRule.BySeparator;
import io.emberwatch.collector.target.PrefixRules;
import io.emberwatch.schemas.EventCount;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class EventCounterTest {

  private static final EventKind SET = new EventKind(0, "set");

  record Event(EventKind kind, String key) {}

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<EventKind> kinds =
        Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of("set", "del"))
            .as(EventKind::new);
    Arbitrary<String> keys = Arbitraries.strings().withChars("ab:o").ofMaxLength(80);
    return Combinators.combine(kinds, keys).as(Event::new).list().ofMaxSize(200);
  }

  @Property(tries = 200)
  void countsEveryEventOnceWhateverTheCap(
      @ForAll("events") List<Event> events, @ForAll @IntRange(min = 1, max = 20) int cap) {
    EventCounter counter = counter(":", cap);
    events.forEach(event -> count(counter, event.kind(), event.key()));

    List<EventCount> counts = counter.counts();
    assertThat(counts).allSatisfy(count -> assertThat(count.getCount()).isPositive());
    assertThat(counts.stream().mapToLong(EventCount::getCount).sum())
        .isEqualTo(counter.total())
        .isEqualTo(events.size());
    assertThat(
            counts.stream()
                .filter(count -> count.getPrefix().equals("other"))
                .mapToLong(EventCount::getCount)
                .sum())
        .isEqualTo(counter.otherPrefix());
    assertThat(counts.stream().map(EventCount::getPrefix).filter(p -> p.endsWith(":")).distinct())
        .hasSizeLessThanOrEqualTo(cap);
    for (int db = 0; db < 4; db++) {
      int wanted = db;
      assertThat(
              counts.stream()
                  .filter(c -> c.getDb() == wanted)
                  .mapToLong(EventCount::getCount)
                  .sum())
          .isEqualTo(events.stream().filter(event -> event.kind().db() == wanted).count());
    }
  }

  @Test
  void cutsThePrefixAfterTheFirstSeparator() {
    EventCounter counter = counter("::", 10);
    for (String key : List.of("user::1::x", "user::2", "user:1", "::", "", "é::1")) {
      count(counter, SET, key);
    }
    assertThat(counter.counts())
        .containsExactlyInAnyOrder(
            new EventCount(0, "set", "user::", 2L),
            new EventCount(0, "set", "", 2L),
            new EventCount(0, "set", "::", 1L),
            new EventCount(0, "set", "é::", 1L));
    assertThat(counter.otherPrefix()).isZero();
  }

  @Test
  void countsOverlongPrefixesAsOther() {
    EventCounter counter = counter(":", 10);
    count(counter, SET, "k".repeat(63) + ":1");
    count(counter, SET, "k".repeat(64) + ":1");
    count(counter, SET, "k".repeat(64));
    count(counter, SET, "k".repeat(65));
    assertThat(counter.counts())
        .containsExactlyInAnyOrder(
            new EventCount(0, "set", "k".repeat(63) + ":", 1L),
            new EventCount(0, "set", "", 1L),
            new EventCount(0, "set", "other", 2L));
  }

  @Test
  void staysBoundedUnderForgedKindsAndPrefixes() {
    EventCounter counter = counter(":", 1_000);
    int events = 300_000;
    for (int i = 0; i < events; i++) {
      count(counter, new EventKind(i % 3_000, "e" + i % 7), "p" + i % 5_000 + ":");
    }
    assertThat(counter.counts()).hasSizeLessThanOrEqualTo(8_600);
    assertThat(counter.counts().stream().mapToLong(EventCount::getCount).sum()).isEqualTo(events);
  }

  @Test
  void countsNothingOfAChannelThatNoServerUses() {
    EventCounter counter = counter(":", 10);
    Slices message = Slices.of("__keyevent@x__:set", new byte[1]);
    assertThat(
            counter.count(
                message.bytes(),
                message.channel(),
                message.channelLength(),
                message.key(),
                message.keyLength()))
        .isNull();
    assertThat(counter.total()).isZero();
  }

  @Test
  void countsBytesThatAreNoTextUnderOnePrefix() {
    EventCounter counter = counter(":", 10);
    for (byte odd : new byte[] {(byte) 0xfe, (byte) 0xff}) {
      Slices message = Slices.of("__keyevent@0__:set", new byte[] {odd, ':', '1'});
      counter.count(
          message.bytes(),
          message.channel(),
          message.channelLength(),
          message.key(),
          message.keyLength());
    }
    assertThat(counter.counts()).containsExactly(new EventCount(0, "set", "\ufffd:", 2L));
  }

  private static EventCounter counter(String separator, int maxPrefixes) {
    PrefixRules rules = new PrefixRules(List.of(), new BySeparator(separator, 1), maxPrefixes);
    return new EventCounter(new PrefixFinder(rules), maxPrefixes, 7);
  }

  private static void count(EventCounter counter, EventKind kind, String key) {
    Slices message = Slices.of(kind, key);
    assertThat(
            counter.count(
                message.bytes(),
                message.channel(),
                message.channelLength(),
                message.key(),
                message.keyLength()))
        .isNotNull();
  }
}
