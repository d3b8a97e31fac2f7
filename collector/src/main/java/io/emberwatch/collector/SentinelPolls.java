package io.emberwatch.collector;

import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.collector.sentinel.SentinelSubscriptions;
import io.emberwatch.schemas.InstanceSample;

/** Adds to the samples of sentinels what they announced, and has new sentinels listened to. */
final class SentinelPolls implements PollSink {

  private final PollSink next;
  private final SentinelSubscriptions subscriptions;

  SentinelPolls(PollSink next, SentinelSubscriptions subscriptions) {
    this.next = next;
    this.subscriptions = subscriptions;
  }

  @Override
  public boolean hasRoom() {
    return next.hasRoom();
  }

  @Override
  public void accept(PollResult result) {
    InstanceSample sample = result.sample();
    subscriptions
        .polled(sample.getInstanceId(), sample.getRole())
        .ifPresent(sample::setSentinelEvents);
    next.accept(result);
  }
}
