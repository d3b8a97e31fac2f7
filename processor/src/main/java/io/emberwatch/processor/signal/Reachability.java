package io.emberwatch.processor.signal;

import io.emberwatch.schemas.TargetState;

/** Whether the state that a poll found means that the server answered. */
public final class Reachability {

  private Reachability() {}

  /** Something that speaks Redis answered, and let us in. */
  public static boolean of(TargetState state) {
    return switch (state) {
      case UNREACHABLE, TIMED_OUT, AUTH_FAILED, TLS_FAILED, PROTOCOL_ERROR -> false;
      case UP, LOADING, BUSY, MASTER_DOWN, UNKNOWN -> true;
    };
  }
}
