package io.emberwatch.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ShutdownSequenceTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final ShutdownSequence shutdown = new ShutdownSequence();

  private void add(String name) {
    shutdown.add(name, LIMIT, () -> closed.add(name));
  }

  @Test
  void closesInReverseOrderOnce() {
    add("a");
    add("b");
    add("c");
    shutdown.close();
    shutdown.close();
    assertThat(closed).containsExactly("c", "b", "a");
    assertThat(shutdown.clean()).isTrue();
  }

  @Test
  void goesOnAfterAFault() {
    add("a");
    shutdown.add(
        "b",
        LIMIT,
        () -> {
          throw new IllegalStateException("stuck");
        });
    shutdown.close();
    assertThat(closed).containsExactly("a");
    assertThat(shutdown.clean()).isFalse();
  }

  @Test
  void goesOnWhenAResourceHangs() {
    add("a");
    shutdown.add("b", Duration.ofMillis(20), () -> new CountDownLatch(1).await());
    shutdown.close();
    assertThat(closed).containsExactly("a");
    assertThat(shutdown.clean()).isFalse();
  }
}
