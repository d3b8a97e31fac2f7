package io.emberwatch.collector.dns;

import io.emberwatch.collector.target.ServerAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one question to DNS was answered with, made steady: an address that one answer lacks stays,
 * since a pod that is not ready for a moment vanishes from its headless service. It goes with the
 * second answer in a row without it. An empty answer changes nothing, and one that is not whole
 * takes nothing away. Immutable.
 */
public final class SteadyAnswer {

  /** Nothing was answered yet. */
  public static final SteadyAnswer NONE = new SteadyAnswer(Map.of());

  /** Answers in a row without an address that remove it. */
  private static final int REMOVED_AFTER = 2;

  private final Map<ServerAddress, Integer> missing;

  private SteadyAnswer(Map<ServerAddress, Integer> missing) {
    this.missing = missing;
  }

  /** Takes the next answer. */
  public SteadyAnswer next(DnsAnswer answer) {
    if (answer.addresses().isEmpty()) {
      return this;
    }
    int more = answer.fault().isEmpty() ? 1 : 0;
    Map<ServerAddress, Integer> next = new LinkedHashMap<>();
    missing.forEach(
        (address, answers) -> {
          if (answers + more < REMOVED_AFTER) {
            next.put(address, answers + more);
          }
        });
    answer.addresses().forEach(address -> next.put(address, 0));
    return new SteadyAnswer(next);
  }

  /** The addresses in force. */
  public Set<ServerAddress> addresses() {
    return Set.copyOf(missing.keySet());
  }
}
