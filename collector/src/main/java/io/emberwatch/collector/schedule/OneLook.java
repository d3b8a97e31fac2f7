package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All that one server says, outside any schedule: what an operator runs first. */
public final class OneLook {

  private static final Duration ALWAYS = Duration.ZERO;

  private OneLook() {}

  /**
   * Asks every probe twice, since many tell what happened between two looks, and gives the second
   * answer; the first, if the server could not be reached.
   *
   * @param pause between the two
   * @throws TimeoutException if a look takes twice its deadline, by a fault of ours
   */
  public static PollResult at(
      Target target, String collectorId, RedisConnector connector, Duration pause, Clock clock)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, ProbeCadence> always = new TreeMap<>();
    for (String name : ProbeCadence.names()) {
      always.put(name, new ProbeCadence(Optional.of(Duration.ZERO), false));
    }
    WatchSettings settings = new WatchSettings(collectorId, ALWAYS, Duration.ZERO, 1, always);
    try (TargetWatch watch =
        new TargetWatch(target, settings, connector, NotificationSource.NONE, () -> 1, clock)) {
      Duration deadline = watch.slots().deadline();
      PollResult first = look(watch, deadline, Duration.ZERO);
      return first.sample().getServer() == null ? first : look(watch, deadline, pause);
    }
  }

  private static PollResult look(TargetWatch watch, Duration deadline, Duration after)
      throws InterruptedException, ExecutionException, TimeoutException {
    return CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS))
        .thenCompose(paused -> watch.poll(deadline))
        .get(after.plus(deadline.multipliedBy(2)).toMillis(), TimeUnit.MILLISECONDS);
  }
}
