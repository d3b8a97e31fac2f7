package io.emberwatch.collector.target;

import io.emberwatch.runtime.lifecycle.Check;
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
