package io.emberwatch.collector.fleet;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Retirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one partition asks for, rebuilt from its beginning. Nothing of it is in force before its end
 * was reached: a definition may have been replaced or removed further on. Used by one thread.
 */
final class OwnedPartition {

  private final Map<String, Definitions> entries = new TreeMap<>();
  private final Map<String, String> problems = new TreeMap<>();
  private final Map<String, Retirement> retired = new TreeMap<>();
  private boolean complete;

  /** A definition, in place of the key's former one. */
  void put(String key, Definitions definition) {
    entries.put(key, definition);
    problems.remove(key);
    retired.remove(key);
  }

  /** A record that cannot be used: what was defined before stays. */
  void refuse(String key, String problem) {
    problems.put(key, problem);
    retired.remove(key);
  }

  /**
   * A tombstone.
   *
   * @param at when it was written
   */
  void remove(String key, Instant at) {
    boolean wasInForce = entries.remove(key) != null && complete;
    problems.remove(key);
    retired.put(key, new Retirement(key, wasInForce ? Optional.empty() : Optional.of(at)));
  }

  /** The end was reached: what is read from now on is a change. */
  void complete() {
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }

  /** Definitions in force. */
  List<Definitions> definitions() {
    return complete ? List.copyOf(entries.values()) : List.of();
  }

  /** Keys whose last record cannot be used, and why. */
  Map<String, String> problems() {
    return Map.copyOf(problems);
  }

  /** What was removed since the last call; nothing before the end was reached. */
  List<Retirement> takeRetired() {
    if (!complete) {
      return List.of();
    }
    List<Retirement> taken = new ArrayList<>(retired.values());
    retired.clear();
    return taken;
  }
}
