package io.emberwatch.collector.schedule;

/** Spreads names over time: stable over restarts, and even for names that differ in a digit. */
final class SlotHash {

  private SlotHash() {}

  /** Mixed with MurmurHash3's finalizer; 0 to 2^31 - 1. */
  static long of(String name) {
    int hash = name.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & 0x7fffffffL;
  }
}
