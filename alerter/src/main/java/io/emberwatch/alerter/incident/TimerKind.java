package io.emberwatch.alerter.incident;

/** What an incident waits for. */
public enum TimerKind {
  /** Alerts gather before anybody is told. */
  GROUP_WAIT,
  /** All alerts are resolved; the incident stays open a little in case they come back. */
  RESOLVE_HOLD,
  /** The first firing alert whose refresh is overdue. */
  STALE
}
