package io.emberwatch.collector.keyspace;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Values by short byte strings, found by a slice of a buffer without an allocation. Open addressing
 * with linear probing, at most half full. The caller bounds its size. Not thread-safe.
 */
final class SliceTable<V> {

  private static final int FIRST_CAPACITY = 32;

  private final int seed;
  private @Nullable Entry<V>[] entries = capacity(FIRST_CAPACITY);
  private int size;

  private static final class Entry<V> {
    private final byte[] key;
    private final int hash;
    private final V value;

    Entry(byte[] key, int hash, V value) {
      this.key = key;
      this.hash = hash;
      this.value = value;
    }
  }

  /**
   * @param seed drawn at random: whoever names keys cannot know which of them collide
   */
  SliceTable(int seed) {
    this.seed = seed;
  }

  /** The value of the bytes at {@code [from, from + length)}; null if there is none. */
  @Nullable V get(ByteBuffer bytes, int from, int length) {
    int hash = hash(bytes, from, length);
    int mask = entries.length - 1;
    for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
      Entry<V> entry = entries[slot];
      if (entry == null) {
        return null;
      }
      if (entry.hash == hash && isAt(entry.key, bytes, from, length)) {
        return entry.value;
      }
    }
  }

  /** Adds a value for bytes that have none yet. */
  void add(ByteBuffer bytes, int from, int length, V value) {
    if (2 * (size + 1) > entries.length) {
      @Nullable Entry<V>[] former = entries;
      entries = capacity(2 * former.length);
      for (Entry<V> entry : former) {
        if (entry != null) {
          place(entry);
        }
      }
    }
    byte[] key = new byte[length];
    bytes.get(from, key);
    place(new Entry<>(key, hash(bytes, from, length), value));
    size++;
  }

  int size() {
    return size;
  }

  private void place(Entry<V> entry) {
    int mask = entries.length - 1;
    int slot = entry.hash & mask;
    while (entries[slot] != null) {
      slot = (slot + 1) & mask;
    }
    entries[slot] = entry;
  }

  private int hash(ByteBuffer bytes, int from, int length) {
    int hash = seed;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ bytes.get(i)) * 0x01000193;
    }
    // The low bits choose the slot.
    return hash ^ (hash >>> 15);
  }

  private static boolean isAt(byte[] key, ByteBuffer bytes, int from, int length) {
    if (key.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (key[i] != bytes.get(from + i)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays of generics cannot be made otherwise.
  private static <V> @Nullable Entry<V>[] capacity(int capacity) {
    return new Entry[capacity];
  }
}
