package io.emberwatch.local.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What has arrived, in order of arrival; others can wait for what they expect. Thread-safe. */
public final class Journal<T> {

  private final Clock clock;
  private final List<Seen<T>> seen = new ArrayList<>();

  Journal(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(T what) {
    seen.add(new Seen<>(clock.instant(), what));
    notifyAll();
  }

  /** All that has arrived, in order. */
  public synchronized List<Seen<T>> all() {
    return List.copyOf(seen);
  }

  /** The first that arrived at or after an instant and fits; empty when none comes in time. */
  public synchronized Optional<Seen<T>> await(Instant since, Predicate<T> fits, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    int next = 0;
    while (true) {
      for (; next < seen.size(); next++) {
        Seen<T> candidate = seen.get(next);
        if (!candidate.at().isBefore(since) && fits.test(candidate.what())) {
          return Optional.of(candidate);
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
