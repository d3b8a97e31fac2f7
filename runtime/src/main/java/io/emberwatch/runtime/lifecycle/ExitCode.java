package io.emberwatch.runtime.lifecycle;

/** What every command of Emberwatch exits with. */
public enum ExitCode {
  /** Done, or stopped by SIGTERM or SIGINT and closed cleanly. */
  OK(0),
  /** A fault while starting, running or closing; the log has it. */
  FAULT(1),
  /** Wrong arguments. */
  USAGE(2),
  /** The configuration cannot be used; every problem is on standard error. */
  BAD_CONFIGURATION(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit code, 0 to 3. */
  public int code() {
    return code;
  }
}
