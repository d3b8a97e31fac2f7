package io.emberwatch.schemas.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Waits until every partition of some topics answers {@code listOffsets}, which only its leader
 * does. A producer that writes before that can lose records: the first batch is refused with
 * NOT_LEADER_OR_FOLLOWER, the second is appended, and the first then fails out of order
 * (KAFKA-15591, in brokers up to 4.3.1).
 */
final class PartitionWait {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Admin admin;
  private final Duration timeout;

  PartitionWait(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /**
   * Returns once all answer.
   *
   * @throws TopicException with the last reason, if they do not in time
   */
  void await(Collection<String> topics) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        askAll(topics, millisUntil(end));
        return;
      } catch (ExecutionException e) {
        boolean retriable = e.getCause() instanceof RetriableException;
        if (!retriable || System.nanoTime() >= end) {
          throw new TopicException(
              "partitions do not answer after %s: %s".formatted(timeout, e.getCause()),
              e.getCause());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        throw new InterruptException("interrupted while waiting for partitions", e);
      }
    }
  }

  private void askAll(Collection<String> topics, int millis)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> descriptions =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(millis))
            .allTopicNames()
            .get();
    Map<TopicPartition, OffsetSpec> latest =
        descriptions.values().stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topic.partitions().size())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    admin.listOffsets(latest, new ListOffsetsOptions().timeoutMs(millis)).all().get();
  }

  private static int millisUntil(long end) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }
}
