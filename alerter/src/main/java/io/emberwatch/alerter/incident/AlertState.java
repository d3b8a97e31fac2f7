package io.emberwatch.alerter.incident;

/** State of one episode of one problem. */
public enum AlertState {
  /** The detector says so and keeps saying so. */
  FIRING,
  /** The detector fell silent while it fired: the signal is lost, and that is not health. */
  STALE,
  /** The detector said that it is over, or a later episode took its place. */
  RESOLVED
}
