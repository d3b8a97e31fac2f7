package io.emberwatch.collector.cluster;

/**
 * Slots that lie side by side.
 *
 * @param first 0 to {@value #LAST_SLOT}
 * @param last {@code first} to {@value #LAST_SLOT}
 */
public record SlotRange(int first, int last) {

  /** A cluster has 16384 slots. */
  public static final int SLOTS = 16_384;

  static final int LAST_SLOT = SLOTS - 1;

  public SlotRange {
    if (first < 0 || last < first || last > LAST_SLOT) {
      throw new IllegalArgumentException("no slots: " + first + "-" + last);
    }
  }

  /** How many slots. */
  public int size() {
    return last - first + 1;
  }
}
