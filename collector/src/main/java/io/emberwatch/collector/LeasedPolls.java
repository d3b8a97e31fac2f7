package io.emberwatch.collector;

import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import java.util.function.BooleanSupplier;

/**
 * Polls that count only while the definitions are in force: see {@code fleet.SharedDefinitions}.
 */
final class LeasedPolls implements PollSink {

  private final PollSink next;
  private final BooleanSupplier inForce;

  LeasedPolls(PollSink next, BooleanSupplier inForce) {
    this.next = next;
    this.inForce = inForce;
  }

  @Override
  public boolean isSuspended() {
    return !inForce.getAsBoolean();
  }

  @Override
  public boolean hasRoom() {
    return next.hasRoom();
  }

  @Override
  public void accept(PollResult result) {
    next.accept(result);
  }
}
