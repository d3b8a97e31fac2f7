package io.emberwatch.collector;

import io.emberwatch.collector.keyspace.WindowPublisher;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.topic.Topics;

/** Publishes windows of keyspace events. */
final class PublishedWindows implements WindowPublisher {

  private final RecordPublisher publisher;

  PublishedWindows(RecordPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public boolean hasRoom() {
    return publisher.hasRoom();
  }

  @Override
  public boolean offer(KeyspaceEventSample window) {
    return publisher
        .offer(Topics.KEYSPACE_EVENTS, window.getInstanceId(), window, null)
        .isPresent();
  }
}
