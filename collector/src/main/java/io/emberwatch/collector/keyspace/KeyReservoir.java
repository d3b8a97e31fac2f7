package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.schemas.SampledKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws keys from a stream of events of unknown length, each event equally likely: with capacity k
 * the i-th event replaces a random one with probability k/i. Vitter, "Random Sampling with a
 * Reservoir", ACM TOMS 11 (1985), algorithm R. O(1) an event; a key is copied only when it is
 * drawn. Not thread-safe.
 */
final class KeyReservoir {

  private final int capacity;
  private final RandomGenerator random;
  private final List<Drawn> kept = new ArrayList<>();
  private long seen;

  private static final class Drawn {
    private final EventKind kind;
    private final byte[] key;

    Drawn(EventKind kind, byte[] key) {
      this.kind = kind;
      this.key = key;
    }
  }

  /**
   * @param capacity keys to keep, 0 for none
   */
  KeyReservoir(int capacity, RandomGenerator random) {
    this.capacity = capacity;
    this.random = random;
  }

  void offer(EventKind kind, ByteBuffer bytes, int key, int keyLength) {
    if (capacity == 0) {
      return;
    }
    seen++;
    if (kept.size() < capacity) {
      kept.add(drawn(kind, bytes, key, keyLength));
      return;
    }
    long slot = random.nextLong(seen);
    if (slot < capacity) {
      kept.set((int) slot, drawn(kind, bytes, key, keyLength));
    }
  }

  /** The keys drawn: all events when there were no more than the capacity. */
  List<SampledKey> sample(KeyNames names) {
    List<SampledKey> sample = new ArrayList<>(kept.size());
    for (Drawn drawn : kept) {
      names
          .told(drawn.key)
          .map(name -> new SampledKey(drawn.kind.db(), drawn.kind.event(), name))
          .ifPresent(sample::add);
    }
    return sample;
  }

  private static Drawn drawn(EventKind kind, ByteBuffer bytes, int key, int keyLength) {
    byte[] copy = new byte[Math.min(keyLength, KeyNames.MAX_HASHED_BYTES)];
    bytes.get(key, copy);
    return new Drawn(kind, copy);
  }
}
