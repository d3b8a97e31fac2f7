package io.emberwatch.collector.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.census.HotKeysReading.None;
import io.emberwatch.collector.census.HotKeysReading.Session;
import io.emberwatch.collector.census.HotKeysReading.Unreadable;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whose session it is. */
final class HotKeySessionTest {

  private static final long STARTED = 1_770_824_933_147L;
  private static final OptionalLong LONG_AFTER = OptionalLong.of(STARTED + 70_001);

  private static Session told(boolean active, long ratio, long started, long duration) {
    return new Session(
        active,
        ratio,
        started,
        OptionalLong.of(duration),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Map.of(),
        Map.of());
  }

  @Test
  void takesTheSessionThatIsToldWithItsStart() {
    Session session = told(true, HotKeySession.SAMPLE_RATIO, STARTED, 0);
    assertThat(HotKeySession.started(session))
        .hasValueSatisfying(
            ours -> {
              assertThat(ours.is(told(false, HotKeySession.SAMPLE_RATIO, STARTED, 10_000)))
                  .isTrue();
              assertThat(ours.is(told(false, HotKeySession.SAMPLE_RATIO, STARTED + 1, 10_000)))
                  .as("another collector's")
                  .isFalse();
              assertThat(ours.is(told(false, 1, STARTED, 10_000))).as("a person's").isFalse();
            });
    assertThat(HotKeySession.started(told(true, 1, STARTED, 0))).isEmpty();
    assertThat(HotKeySession.started(new None())).isEmpty();
    assertThat(HotKeySession.started(new Unreadable())).isEmpty();
  }

  @Test
  void callsAbandonedOnlyWhatACollectorStartedAndNobodyComesBackFor() {
    int ratio = HotKeySession.SAMPLE_RATIO;
    Session left = told(false, ratio, STARTED, 10_000);
    assertThat(HotKeySession.isAbandoned(left, LONG_AFTER)).isTrue();
    assertThat(HotKeySession.isAbandoned(told(false, ratio, STARTED, 10_099), LONG_AFTER))
        .as("the end was noticed late")
        .isTrue();
    assertThat(HotKeySession.isAbandoned(left, OptionalLong.of(STARTED + 70_000)))
        .as("another collector may be about to read it")
        .isFalse();
    assertThat(HotKeySession.isAbandoned(left, OptionalLong.empty())).isFalse();
    assertThat(HotKeySession.isAbandoned(told(true, ratio, STARTED, 10_000), LONG_AFTER)).isFalse();
    assertThat(HotKeySession.isAbandoned(told(false, ratio, STARTED, 9_000), LONG_AFTER)).isFalse();
    assertThat(HotKeySession.isAbandoned(told(false, ratio, STARTED, 12_000), LONG_AFTER))
        .isFalse();
    assertThat(HotKeySession.isAbandoned(told(false, 1, STARTED, 10_000), LONG_AFTER)).isFalse();
  }
}
