package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.SampledKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws keys from a stream of events of unknown length, each event equally likely: with capacity k
 * the i-th event replaces a random one with probability k/i. Vitter, "Random Sampling with a
 * Reservoir", ACM TOMS 11 (1985), algorithm R. O(1) an event. Not thread-safe.
 */
final class KeyReservoir {

  /** Keys are cut here: enough to recognise one, and bounds the record. */
  static final int MAX_KEY_BYTES = 256;

  private final int capacity;
  private final RandomGenerator random;
  private final List<SampledKey> kept = new ArrayList<>();
  private long seen;

  /**
   * @param capacity keys to keep, 0 for none
   */
  KeyReservoir(int capacity, RandomGenerator random) {
    this.capacity = capacity;
    this.random = random;
  }

  void offer(EventKind kind, byte[] key) {
    seen++;
    if (kept.size() < capacity) {
      kept.add(sampled(kind, key));
    } else if (capacity > 0) {
      long slot = random.nextLong(seen);
      if (slot < capacity) {
        kept.set((int) slot, sampled(kind, key));
      }
    }
  }

  /** The keys drawn: all events when there were no more than the capacity. */
  List<SampledKey> sample() {
    return List.copyOf(kept);
  }

  private static SampledKey sampled(EventKind kind, byte[] key) {
    int length = Math.min(key.length, MAX_KEY_BYTES);
    return new SampledKey(
        kind.db(), kind.event(), new String(key, 0, length, StandardCharsets.UTF_8));
  }
}
