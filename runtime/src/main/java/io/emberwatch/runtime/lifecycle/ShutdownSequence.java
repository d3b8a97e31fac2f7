package io.emberwatch.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes resources by name in the reverse order of their adding, each within its own time limit, so
 * that a hung client cannot keep the others open. One log line each. Thread-safe; closing twice
 * closes once.
 */
public final class ShutdownSequence implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);

  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean clean = true;

  /** Adds a resource and returns it, so that it can be added where it is made. */
  public synchronized <T extends AutoCloseable> T add(String name, Duration limit, T resource) {
    steps.push(new Step(name, limit, resource));
    return resource;
  }

  /** Closes all that was added since; faults are logged and make {@link #clean} false. */
  @Override
  public synchronized void close() {
    while (!steps.isEmpty()) {
      clean &= close(steps.pop());
    }
  }

  /** Whether everything so far closed in time and without a fault. */
  public synchronized boolean clean() {
    return clean;
  }

  private static boolean close(Step step) {
    long start = System.nanoTime();
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              step.resource.close();
              return true;
            });
    Thread thread = new Thread(task, "close-" + step.name);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(step.limit.toMillis(), TimeUnit.MILLISECONDS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      LOG.info("event=closed resource={} millis={}", step.name, millis);
      return true;
    } catch (TimeoutException e) {
      thread.interrupt();
      LOG.warn("event=close_timed_out resource={} limit={}", step.name, step.limit);
    } catch (ExecutionException e) {
      LOG.warn("event=close_failed resource={}", step.name, e.getCause());
    } catch (InterruptedException e) {
      LOG.warn("event=close_interrupted resource={}", step.name);
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private record Step(String name, Duration limit, AutoCloseable resource) {}
}
