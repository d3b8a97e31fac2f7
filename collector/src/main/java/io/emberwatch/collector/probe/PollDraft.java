package io.emberwatch.collector.probe;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What one poll gives, while its findings are put together. Not thread-safe. */
public final class PollDraft {

  private final InstanceSample sample;
  private final ServerFacts server;
  private final List<Emission<?>> emissions = new ArrayList<>();

  /** A draft whose sample has its head and INFO. */
  public PollDraft(InstanceSample sample, ServerFacts server) {
    this.sample = sample;
    this.server = server;
  }

  /** The sample, to be filled. */
  public InstanceSample sample() {
    return sample;
  }

  /** The server as this poll's INFO tells it. */
  public ServerFacts server() {
    return server;
  }

  /** Adds a record to another topic; its key is the sample's. */
  public <V extends SpecificRecord> void emit(Topic<String, V> topic, V value) {
    emissions.add(new Emission<>(topic, value));
  }

  /** What was emitted, in order. */
  public List<Emission<?>> emissions() {
    return List.copyOf(emissions);
  }
}
