package io.emberwatch.collector;

import io.emberwatch.collector.exposition.ExpositionPages;
import io.emberwatch.collector.probe.Emission;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Publishes what polls give, the sample, then its other records, under one trace; then shows it.
 */
final class PublishedPolls implements PollSink {

  private final RecordPublisher publisher;
  private final ExpositionPages pages;

  PublishedPolls(RecordPublisher publisher, ExpositionPages pages) {
    this.publisher = publisher;
    this.pages = pages;
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
    Optional<ByteBuffer> encoded = publisher.offer(Topics.SAMPLES, key, sample, trace);
    for (Emission<?> emission : result.emissions()) {
      offer(emission, key, trace);
    }
    if (sample.getState() != TargetState.RETIRED) {
      encoded.ifPresentOrElse(
          bytes -> pages.take(sample, bytes), () -> pages.forget(sample.getInstanceId()));
    }
  }

  private <V extends SpecificRecord> void offer(Emission<V> emission, String key, String trace) {
    publisher.offer(emission.topic(), key, emission.value(), trace);
  }
}
