package io.emberwatch.schemas.topic;

import java.util.Map;

/**
 * A topic as it is on the cluster.
 *
 * @param name name of the topic
 * @param partitions number of partitions
 * @param replicationFactor copies of its first partition
 * @param config the topic configuration that the catalogue sets, by key
 */
public record TopicState(
    String name, int partitions, int replicationFactor, Map<String, String> config) {

  public TopicState {
    config = Map.copyOf(config);
  }
}
