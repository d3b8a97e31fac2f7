package io.emberwatch.collector;

import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.topic.Topics;

/** Publishes what polls give: the sample, then its slow commands, under one trace. */
final class PublishedPolls implements PollSink {

  private final RecordPublisher publisher;

  PublishedPolls(RecordPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public boolean hasRoom() {
    return publisher.hasRoom();
  }

  @Override
  public void accept(PollResult result) {
    InstanceSample sample = result.sample();
    String key = sample.getInstanceId();
    String trace = sample.getCollectorId() + "/" + sample.getSequence();
    publisher.offer(Topics.SAMPLES, key, sample, trace);
    for (Slowlog slow : result.slowlog()) {
      publisher.offer(Topics.SLOWLOG, key, slow, trace);
    }
  }
}
