package io.emberwatch.alerter.intake;

import io.emberwatch.alerter.store.Database;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.logging.LogThrottle;
import io.emberwatch.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads breaches. The offsets that count are the database's: they move in the transaction that
 * applies the records, and a partition is read from there whenever it is assigned. Kafka's own are
 * committed as advice for tools that show lag.
 *
 * <p>While the database or the registry does not answer, the partitions are paused and the consumer
 * stays in its group; afterwards it goes on from the stored offsets.
 */
public final class BreachConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BreachConsumer.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Database database;
  private final BreachBatch batch;
  private final IntakeMetrics metrics;
  private final CheckState check;
  private final Clock clock;
  private final LogThrottle throttle;
  private final Thread thread = new Thread(this::run, "breach-intake");
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private volatile boolean running = true;
  private Instant stalledUntil = Instant.MIN;
  private boolean stalled;

  BreachConsumer(
      Consumer<byte[], byte[]> consumer,
      Database database,
      BreachBatch batch,
      IntakeMetrics metrics,
      CheckState check,
      Clock clock) {
    this.consumer = consumer;
    this.database = database;
    this.batch = batch;
    this.metrics = metrics;
    this.check = check;
    this.clock = clock;
    this.throttle = new LogThrottle(Duration.ofSeconds(30), clock);
    this.thread.setDaemon(true);
  }

  /** Starts the thread; call once. */
  public void start() {
    thread.start();
  }

  /** Completes when everything is applied that was on the topic at the first assignment. */
  public CompletableFuture<Void> caughtUp() {
    return caughtUp;
  }

  /** Completes exceptionally when the consumer cannot go on. */
  public CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public void close() {
    running = false;
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT.multipliedBy(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      consumer.subscribe(List.of(Topics.BREACHES.name()), new Assignments());
      while (running) {
        turn();
      }
    } catch (WakeupException e) {
      LOG.debug("event=intake_woken");
    } catch (RuntimeException e) {
      LOG.error("event=intake_failed", e);
      check.failing("failed: " + e.getClass().getSimpleName());
      failure.completeExceptionally(e);
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
  }

  private void turn() {
    if (stalled && !clock.instant().isBefore(stalledUntil)) {
      resume();
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (stalled) {
      return;
    }
    try {
      records.partitions().forEach(partition -> batch.apply(partition, records.records(partition)));
      if (!records.isEmpty()) {
        consumer.commitAsync();
      }
      noteCaughtUp();
    } catch (WakeupException e) {
      throw e;
    } catch (RuntimeException e) {
      stall(e);
    }
  }

  /** What was polled and not applied is read again, from the stored offsets. */
  private void stall(RuntimeException reason) {
    consumer.pause(consumer.assignment());
    stalledUntil = clock.instant().plus(RETRY);
    if (!stalled) {
      stalled = true;
      metrics.stalled();
      check.failing("paused: " + reason.getClass().getSimpleName());
    }
    throttle.log(
        reason.getClass().getName(),
        suppressed -> LOG.warn("event=intake_paused suppressed={}", suppressed, reason));
  }

  private void resume() {
    try {
      Set<TopicPartition> assigned = consumer.assignment();
      seekToStored(assigned);
      consumer.resume(assigned);
      stalled = false;
      check.ok("reading " + assigned.size() + " partitions");
      LOG.info("event=intake_resumed partitions={}", assigned.size());
    } catch (WakeupException e) {
      throw e;
    } catch (RuntimeException e) {
      stall(e);
    }
  }

  private void seekToStored(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> endOffsets = consumer.endOffsets(partitions, CALL_LIMIT);
    endOffsets.forEach((partition, end) -> consumer.seek(partition, startOf(partition, end)));
    if (!caughtUp.isDone()) {
      ends.putAll(endOffsets);
    }
  }

  /** The stored offset; 0, so the earliest that is left, when none is or the topic is a new one. */
  private long startOf(TopicPartition partition, long end) {
    return database.transact(
        session -> {
          String topic = partition.topic();
          long next = session.offsets().next(topic, partition.partition()).orElse(0);
          if (next <= end) {
            return next;
          }
          LOG.warn("event=topic_replaced at={} stored={} end={}", partition, next, end);
          session.offsets().save(topic, partition.partition(), 0);
          return 0L;
        });
  }

  private void noteCaughtUp() {
    if (!caughtUp.isDone() && !consumer.assignment().isEmpty()) {
      ends.entrySet()
          .removeIf(end -> consumer.position(end.getKey(), CALL_LIMIT) >= end.getValue());
      if (ends.isEmpty()) {
        LOG.info("event=intake_caught_up");
        caughtUp.complete(null);
      }
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      try {
        seekToStored(partitions);
        check.ok("reading " + consumer.assignment().size() + " partitions");
      } catch (WakeupException e) {
        throw e;
      } catch (RuntimeException e) {
        stall(e);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      ends.keySet().removeAll(partitions);
      check.failing("no partitions assigned yet");
    }
  }
}
