package io.emberwatch.collector.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What clients of a group have in common, as bytes. Written anew for each look-up; a {@link #copy}
 * stays in the map. Not thread-safe.
 */
final class GroupKey {

  /** Real names are shorter; longer ones tell no more and would swell the record. */
  static final int MAX_BYTES = 64;

  private final byte[] bytes;
  private int length;

  GroupKey() {
    this(new byte[MAX_BYTES], 0);
  }

  private GroupKey(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  GroupKey clear() {
    length = 0;
    return this;
  }

  /** Adds bytes, as many as there is room for. */
  void append(byte[] text, int from, int count) {
    int taken = Math.min(count, MAX_BYTES - length);
    if (taken > 0) {
      System.arraycopy(text, from, bytes, length, taken);
      length += taken;
    }
  }

  /** Adds letters of ASCII. */
  void append(String ascii) {
    for (int i = 0; i < ascii.length() && length < MAX_BYTES; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
  }

  GroupKey copy() {
    return new GroupKey(Arrays.copyOf(bytes, length), length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupKey key
        && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }
}
