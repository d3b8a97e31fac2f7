package io.emberwatch.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SlowlogCursorTest {

  private static final int LOG_LENGTH = 128;

  /** What SLOWLOG GET gives: newest first, the last {@code count} of ids 0 to {@code newest}. */
  private static List<SlowlogEntry> log(long newest, long count) {
    return LongStream.range(0, Math.min(newest + 1, count))
        .mapToObj(i -> entry(newest - i))
        .toList();
  }

  private static SlowlogEntry entry(long id) {
    return new SlowlogEntry(
        id, Instant.EPOCH, 10_000, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static List<Long> ids(SlowlogCursor.Look look) {
    return look.fresh().stream().map(SlowlogEntry::id).toList();
  }

  @Property(tries = 300)
  void countsEveryEntryOnceAsFreshOrLost(
      @ForAll @IntRange(min = 0, max = 500) int before,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 300) Integer> batches) {
    long total = before;
    SlowlogCursor cursor = SlowlogCursor.START.look(log(total - 1, LOG_LENGTH)).next();
    List<Long> seen = new ArrayList<>();
    long lost = 0;
    for (int added : batches) {
      total += added;
      assertThat(total == 0 ? 0 : cursor.added(total - 1)).isEqualTo(added);
      SlowlogCursor.Look look = cursor.look(log(total - 1, LOG_LENGTH));
      seen.addAll(ids(look));
      lost += look.lost();
      cursor = look.next();
    }
    assertThat(seen).isSorted().doesNotHaveDuplicates();
    assertThat(seen.size() + lost).isEqualTo(total - before);
  }

  @Property(tries = 200)
  void countsAllThatARestartedServerHasLogged(
      @ForAll @IntRange(min = 0, max = 500) int before,
      @ForAll @IntRange(min = 1, max = 500) int after) {
    SlowlogCursor cursor = SlowlogCursor.START.look(log(before, LOG_LENGTH)).next().restarted();
    SlowlogCursor.Look look = cursor.look(log(after - 1, LOG_LENGTH));
    assertThat(look.fresh().size() + look.lost()).isEqualTo(after);
  }

  @Test
  void doesNotReportWhatWasThereBeforeTheFirstLook() {
    SlowlogCursor.Look first = SlowlogCursor.START.look(log(9, 8));
    assertThat(first.fresh()).isEmpty();
    assertThat(first.lost()).isZero();
    assertThat(first.next()).isEqualTo(new SlowlogCursor(9));
    assertThat(SlowlogCursor.START.restarted()).isEqualTo(SlowlogCursor.START);
    assertThat(SlowlogCursor.START.added(9)).isZero();
  }

  @Test
  void findsTheFirstEntryOfALogThatWasEmpty() {
    SlowlogCursor empty = SlowlogCursor.START.look(List.of()).next();
    assertThat(ids(empty.look(log(0, 8)))).containsExactly(0L);
  }

  @Test
  void keepsItsPlaceWhenTheLogIsEmptied() {
    SlowlogCursor cursor = new SlowlogCursor(41);
    assertThat(cursor.look(List.of()).next()).isEqualTo(cursor);
    assertThat(ids(cursor.look(List.of(entry(42))))).containsExactly(42L);
  }

  @Test
  void takesAFallenIdForARestart() {
    SlowlogCursor.Look look = new SlowlogCursor(41).look(log(2, 8));
    assertThat(ids(look)).containsExactly(0L, 1L, 2L);
    assertThat(look.lost()).isZero();
  }
}
