package io.emberwatch.collector.subscribe;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubles from {@code first} to {@code cap}, times a
 * random 0.5 to 1, so that a thousand targets that went together do not come back together.
 *
 * @param first after the first failure, above 0
 * @param cap never longer
 */
record RetryDelay(Duration first, Duration cap) {

  private static final int MAX_DOUBLINGS = 20;

  /**
   * @param failures in a row, 1 or more
   */
  Duration after(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long millis = Math.min(doubled, cap.toMillis());
    return Duration.ofMillis(Math.round(millis * (0.5 + random.nextDouble() / 2)));
  }
}
