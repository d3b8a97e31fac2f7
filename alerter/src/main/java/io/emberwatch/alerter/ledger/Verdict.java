package io.emberwatch.alerter.ledger;

/** What became of an event. */
public enum Verdict {
  /** It changed an incident. */
  APPLIED,
  /** It was taken in before. */
  DUPLICATE,
  /** A newer event of its fingerprint was taken in before; noted in the timeline, no effect. */
  LATE,
  /** A resolve of nothing that is known. */
  IGNORED
}
