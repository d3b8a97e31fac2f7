package io.emberwatch.schemas.topic;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a cluster may size otherwise than the catalogue does.
 *
 * @param replicationFactor copies of each partition, 1 or more; -1 leaves it to the broker's
 *     default
 * @param partitionsByTopic partitions by topic name, 1 or more; a topic that is not in it has the
 *     catalogue's number
 */
public record TopicSizing(short replicationFactor, Map<String, Integer> partitionsByTopic) {

  private static final short BROKER_DEFAULT = -1;

  public TopicSizing {
    partitionsByTopic = Map.copyOf(partitionsByTopic);
    if (replicationFactor != BROKER_DEFAULT && replicationFactor < 1) {
      throw new IllegalArgumentException(
          "replication factor must be 1 or more, or -1: " + replicationFactor);
    }
    partitionsByTopic.forEach(TopicSizing::requireValid);
  }

  /** The catalogue's partitions, the broker's default replication factor. */
  public static TopicSizing catalogue() {
    return new TopicSizing(BROKER_DEFAULT, Map.of());
  }

  /** The catalogue's partitions with this replication factor. */
  public static TopicSizing replicated(int replicationFactor) {
    return new TopicSizing((short) replicationFactor, Map.of());
  }

  /** The same number of partitions for every topic, for a small installation. */
  public static TopicSizing uniform(int replicationFactor, int partitions) {
    return new TopicSizing(
        (short) replicationFactor,
        Topics.all().stream()
            .collect(Collectors.toUnmodifiableMap(Topic::name, topic -> partitions)));
  }

  /** Partitions that a topic should have. */
  public int partitions(Topic<?, ?> topic) {
    return partitionsByTopic.getOrDefault(topic.name(), topic.partitions());
  }

  private static void requireValid(String name, int partitions) {
    if (Topics.all().stream().noneMatch(topic -> topic.name().equals(name))) {
      throw new IllegalArgumentException("no topic of the catalogue is called " + name);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(name + ": partitions must be 1 or more: " + partitions);
    }
  }
}
