package io.emberwatch.runtime.lifecycle;

import java.time.Clock;

/**
 * A component's present {@link Check}, set by the component and read by the admin endpoint. It is
 * not ok until it is told so; {@code since} moves only when ok changes. Thread-safe.
 */
public final class CheckState {

  private final Clock clock;
  private Check current;

  public CheckState(String component, Clock clock) {
    this.clock = clock;
    this.current = new Check(component, false, "not started", clock.instant());
  }

  /** Sets ok with a line of detail. */
  public void ok(String detail) {
    set(true, detail);
  }

  /** Sets not ok with the reason. */
  public void failing(String detail) {
    set(false, detail);
  }

  public synchronized Check check() {
    return current;
  }

  private synchronized void set(boolean ok, String detail) {
    current =
        new Check(
            current.component(),
            ok,
            detail,
            ok == current.ok() ? current.since() : clock.instant());
  }
}
