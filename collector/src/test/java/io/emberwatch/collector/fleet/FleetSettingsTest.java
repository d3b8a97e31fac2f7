package io.emberwatch.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetSettingsTest {

  @Test
  void leavesTimeForTheWorkOfATakeover() {
    FleetSettings settings = settings(10);

    assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.heartbeatInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(6));
  }

  /** The broker counts from the last heartbeat: the lease must have ended before its patience. */
  @Test
  void theLeaseEndsBeforeTheSession() {
    for (int seconds = 4; seconds <= 300; seconds++) {
      FleetSettings settings = settings(seconds);
      assertThat(settings.lease().plus(settings.heartbeatInterval()))
          .isLessThan(settings.sessionTimeout());
      assertThat(settings.lease()).isPositive();
    }
  }

  @Test
  void refusesATakeoverThatEveryPauseWouldCause() {
    assertThatThrownBy(() -> settings(3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLeaseEndsByItselfAndMustBeGrantedFirst() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    Lease lease = new Lease(Duration.ofNanos(10), nanos::get);
    assertThat(lease.isValid()).isFalse();

    lease.renew();
    nanos.addAndGet(10);
    assertThat(lease.isValid()).isTrue();
    nanos.addAndGet(1);
    assertThat(lease.isValid()).isFalse();
    assertThat(lease.sinceRenewal()).isEqualTo(Duration.ofNanos(11));
  }

  private static FleetSettings settings(int takeoverSeconds) {
    return new FleetSettings("g", Duration.ofSeconds(takeoverSeconds), Path.of("."));
  }
}
