package io.emberwatch.collector.target;

import io.emberwatch.runtime.lifecycle.Check;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is polled, after everything that was asked for has been found. Thread-safe. A source that
 * fails to refresh keeps its last good targets and says so in {@link #check}.
 */
public interface TargetSource extends AutoCloseable {

  /** Begins to look for changes; {@link #targets} answers before too. Called once. */
  void start();

  /** The targets as they are now: a snapshot with distinct instance ids. */
  List<Target> targets();

  /**
   * Calls the listener with the whole new snapshot after each change, from a thread of the source.
   * The present snapshot is not announced.
   */
  void onChange(Consumer<List<Target>> listener);

  /** Whether the last refresh succeeded. */
  Check check();

  /** Stops looking for changes. Idempotent. */
  @Override
  void close();
}
