package io.emberwatch.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ServiceMainTest {

  private final FakeService service = new FakeService();
  private final ServiceMain main = new ServiceMain(service, Duration.ofSeconds(10));

  @Test
  void closesTheServiceAndReturnsOkWhenStopped() {
    CompletableFuture<ExitCode> exit = CompletableFuture.supplyAsync(main::run);
    service.started.join();
    main.stop();
    assertThat(exit.join()).isEqualTo(ExitCode.OK);
    assertThat(service.closed).isTrue();
  }

  @Test
  void closesAndReturnsFaultWhenStartFails() {
    service.failStart = true;
    assertThat(main.run()).isEqualTo(ExitCode.FAULT);
    assertThat(service.closed).isTrue();
  }

  @Test
  void returnsFaultWhenTheServiceDies() {
    service.termination.completeExceptionally(new IllegalStateException("stream thread died"));
    assertThat(main.run()).isEqualTo(ExitCode.FAULT);
    assertThat(service.closed).isTrue();
  }

  @Test
  void returnsOkWhenTheWorkIsDone() {
    service.termination.complete(null);
    assertThat(main.run()).isEqualTo(ExitCode.OK);
  }

  @Test
  void documentsItsExitCodesByNumber() {
    assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 3);
  }

  @Test
  void keepsTheTimeOfTheLastChangeOfState() {
    AtomicLong second = new AtomicLong();
    InstantSource source = () -> Instant.ofEpochSecond(second.get());
    CheckState state = new CheckState("kafka", source.withZone(ZoneOffset.UTC));
    assertThat(state.check())
        .isEqualTo(new Check("kafka", false, "not started", Instant.ofEpochSecond(0)));
    second.set(5);
    state.failing("no broker");
    assertThat(state.check().since()).isEqualTo(Instant.ofEpochSecond(0));
    state.ok("connected");
    second.set(9);
    state.ok("still connected");
    assertThat(state.check())
        .isEqualTo(new Check("kafka", true, "still connected", Instant.ofEpochSecond(5)));
  }
}
