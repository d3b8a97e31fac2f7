package io.emberwatch.alerter.incident;

import java.util.Comparator;

/**
 * Order of the events of one fingerprint: a later run of the detector comes after an earlier one,
 * and within a run the sequence counts.
 *
 * @param epoch run of the detector
 * @param sequence number of the event within the run, from 1
 */
public record EventOrder(long epoch, long sequence) implements Comparable<EventOrder> {

  private static final Comparator<EventOrder> ORDER =
      Comparator.comparingLong(EventOrder::epoch).thenComparingLong(EventOrder::sequence);

  @Override
  public int compareTo(EventOrder other) {
    return ORDER.compare(this, other);
  }
}
