package io.emberwatch.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogThrottleTest {

  private long second;
  private final InstantSource source = () -> Instant.ofEpochSecond(second);
  private final LogThrottle throttle =
      new LogThrottle(Duration.ofSeconds(60), source.withZone(ZoneOffset.UTC));
  private final List<Long> lines = new ArrayList<>();

  @Test
  void letsOneLinePerWindowThroughAndTellsHowManyItHeldBack() {
    for (second = 0; second <= 60; second++) {
      throttle.log("send", lines::add);
    }
    assertThat(lines).containsExactly(0L, 59L);
    assertThat(throttle.suppressedTotal()).isEqualTo(59);
  }

  @Test
  void keepsKeysApart() {
    throttle.log("a", lines::add);
    throttle.log("b", lines::add);
    assertThat(lines).containsExactly(0L, 0L);
  }

  @Test
  void forgetsTheOldestKeyWhenThereAreTooMany() {
    for (int i = 0; i <= LogThrottle.MAX_KEYS; i++) {
      throttle.log("key-" + i, lines::add);
    }
    lines.clear();
    throttle.log("key-" + LogThrottle.MAX_KEYS, lines::add);
    assertThat(lines).isEmpty();
    throttle.log("key-0", lines::add);
    assertThat(lines).containsExactly(0L);
  }

  @Test
  void setsTheLevelOfOurOwnPackagesOnly() {
    Logger own = (Logger) LoggerFactory.getLogger("io.emberwatch.some");
    Logger other = (Logger) LoggerFactory.getLogger("org.apache.kafka.some");
    LogLevel.DEBUG.apply();
    try {
      assertThat(own.getEffectiveLevel()).isEqualTo(Level.DEBUG);
      assertThat(other.getEffectiveLevel()).isEqualTo(Level.WARN);
    } finally {
      LogLevel.INFO.apply();
    }
  }
}
