package io.emberwatch.collector.census;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Timers that are due at once, and let the time pass elsewhere that they would have waited. */
final class QuickTimers extends ScheduledThreadPoolExecutor {

  private final LongConsumer passedMillis;

  QuickTimers(LongConsumer passedMillis) {
    super(
        1,
        task -> {
          Thread thread = new Thread(task, "quick-timers");
          thread.setDaemon(true);
          return thread;
        });
    this.passedMillis = passedMillis;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return super.schedule(
        () -> {
          passedMillis.accept(unit.toMillis(delay));
          task.run();
        },
        0,
        unit);
  }
}
