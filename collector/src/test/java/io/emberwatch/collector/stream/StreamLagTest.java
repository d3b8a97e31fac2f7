package io.emberwatch.collector.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamLagTest {

  private static StreamStats stream(long length, @Nullable Long added) {
    StreamStats stream = new StreamStats();
    stream.setLength(length);
    stream.setEntriesAdded(added);
    stream.setLastGeneratedId("1795373409567-9");
    return stream;
  }

  private static StreamGroup group(String delivered, @Nullable Long read) {
    StreamGroup group = new StreamGroup();
    group.setLastDeliveredId(delivered);
    group.setEntriesRead(read);
    return group;
  }

  @Test
  void takesTheServersFigureWhereItCanBe() {
    assertThat(StreamLag.of(stream(20, 20L), group("1795373409567-4", 5L), 15L))
        .isEqualTo(new StreamLag(15L, false));
  }

  @Test
  void estimatesWhereTheServerGivesNullAfterDeletes() {
    assertThat(StreamLag.of(stream(18, 20L), group("1795373409567-4", 5L), null))
        .isEqualTo(new StreamLag(15L, true));
  }

  @Test
  void doesNotBelieveMoreEntriesThanThereAre() {
    assertThat(StreamLag.of(stream(2, 20L), group("1795373409567-4", 5L), 15L))
        .isEqualTo(new StreamLag(2L, true));
    assertThat(StreamLag.of(stream(20, 20L), group("1795373409567-4", 5L), -3L))
        .isEqualTo(new StreamLag(15L, true));
  }

  @Test
  void isNothingWhenAllWasDeliveredWhateverTheVersion() {
    assertThat(StreamLag.of(stream(20, null), group("1795373409567-9", null), null))
        .isEqualTo(new StreamLag(0L, false));
    assertThat(StreamLag.of(stream(20, null), group("1795373409568-0", null), 7L))
        .isEqualTo(new StreamLag(0L, false));
    assertThat(StreamLag.of(stream(0, 20L), group("0-0", 5L), null))
        .isEqualTo(new StreamLag(0L, false));
  }

  @Test
  void isNotKnownBefore70OrWhereTheServerLostCount() {
    assertThat(StreamLag.of(stream(20, null), group("0-0", null), null))
        .isEqualTo(new StreamLag(null, false));
    assertThat(StreamLag.of(stream(20, 20L), group("not an id", null), null))
        .isEqualTo(new StreamLag(null, false));
  }

  @Property(tries = 300)
  void isNeverNegativeNorMoreThanTheStreamHolds(
      @ForAll @LongRange(min = 0, max = 1000) long length,
      @ForAll Long added,
      @ForAll Long read,
      @ForAll Long reported) {
    Long lag = StreamLag.of(stream(length, added / 2), group("1-1", read / 2), reported).entries();
    assertThat(lag).isBetween(0L, length);
  }
}
