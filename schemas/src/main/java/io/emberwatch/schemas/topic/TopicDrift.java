package io.emberwatch.schemas.topic;

/**
 * A difference between a topic of the catalogue and the same topic on the cluster.
 *
 * @param topic name of the topic
 * @param property what differs: {@code topic}, {@code partitions}, {@code cleanup.policy}, {@code
 *     retention.ms} or {@code delete.retention.ms}
 * @param expected value in the catalogue
 * @param actual value on the cluster; {@code missing} if there is no such topic
 */
public record TopicDrift(String topic, String property, String expected, String actual) {}
