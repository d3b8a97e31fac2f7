package io.emberwatch.collector.target;

import io.emberwatch.runtime.lifecycle.Check;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where it is said what to watch: a file, a topic. Thread-safe. A source that fails to refresh
 * keeps its last good definitions and says so in {@link #check}.
 */
public interface DefinitionSource extends AutoCloseable {

  /** Begins to look for changes; {@link #definitions} answers before too. Called once. */
  void start();

  /** The definitions as they are now. */
  Definitions definitions();

  /**
   * Calls the listener with the whole new snapshot after each change, from a thread of the source.
   * The present snapshot is not announced.
   */
  void onChange(Consumer<Definitions> listener);

  /**
   * Calls the listener with what was taken out of the definitions for good, before the change that
   * follows from it is announced. What another collector acts on from now on is not among it.
   */
  default void onRetired(Consumer<List<Retirement>> listener) {}

  /**
   * Whether the definitions may be acted on at this moment. False while it is not known whether
   * another collector was given them; polls are neither begun nor published then.
   */
  default boolean isInForce() {
    return true;
  }

  /** Adds the meters of the source, if it has any of its own. */
  default void register(MeterRegistry registry) {}

  /** Problems that the last refresh found; 0 while what it read is in force. */
  default int problems() {
    return 0;
  }

  /** Whether the last refresh succeeded. */
  Check check();

  /** Stops looking for changes. Idempotent. */
  @Override
  void close();
}
