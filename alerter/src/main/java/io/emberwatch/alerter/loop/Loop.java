package io.emberwatch.alerter.loop;

import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.logging.LogThrottle;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named thread that takes one step after another. A step that fails is logged, told by the
 * check, and tried again after a pause: nothing that a database or a receiver does ends the loop.
 */
public final class Loop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LOG_WINDOW = Duration.ofSeconds(30);

  private final BooleanSupplier step;
  private final Duration idle;
  private final Duration closeLimit;
  private final CheckState check;
  private final LogThrottle throttle;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param step returns true when there may be more to do at once
   * @param idle pause after a step that had nothing to do
   * @param closeLimit how long a step may go on after {@link #close} before it is interrupted
   */
  public Loop(
      String name,
      BooleanSupplier step,
      Duration idle,
      Duration closeLimit,
      CheckState check,
      Clock clock) {
    this.step = step;
    this.idle = idle;
    this.closeLimit = closeLimit;
    this.check = check;
    this.throttle = new LogThrottle(LOG_WINDOW, clock);
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Starts the thread; call once. */
  public void start() {
    check.ok("running");
    thread.start();
  }

  /** Ends after the present step. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(closeLimit.toMillis());
      if (thread.isAlive()) {
        LOG.warn("event=loop_interrupted loop={}", thread.getName());
        thread.interrupt();
        thread.join(AFTER_FAILURE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean running = true;
    while (running) {
      Duration pause = AFTER_FAILURE;
      try {
        pause = step.getAsBoolean() ? Duration.ZERO : idle;
        check.ok("running");
      } catch (RuntimeException e) {
        failed(e);
      }
      running = !stopped(pause);
    }
  }

  private void failed(RuntimeException e) {
    check.failing("failed: " + e.getClass().getSimpleName());
    throttle.log(
        e.getClass().getName(),
        suppressed ->
            LOG.warn(
                "event=loop_step_failed loop={} suppressed={}", thread.getName(), suppressed, e));
  }

  private boolean stopped(Duration pause) {
    try {
      return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
