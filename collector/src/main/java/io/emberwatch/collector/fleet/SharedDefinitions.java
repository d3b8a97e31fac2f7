package io.emberwatch.collector.fleet;

import io.emberwatch.collector.target.DefinitionSource;
import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Retirement;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.logging.LogThrottle;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the partitions of {@code emberwatch.targets} that the group gave to this collector.
 * One thread consumes; a partition is read from its beginning whenever it is assigned, and is in
 * force once its end was reached. There are no committed offsets and no state but in memory.
 *
 * <p>A collector acts on its partitions while it looks at them: one that was stopped for longer
 * than the lease (SIGSTOP, a long collection) drops all of them, joins the group anew, and is
 * {@link #isInForce} again only when the group has answered. While Kafka is away it goes on with
 * what it has, since nobody else can be given it.
 */
public final class SharedDefinitions implements DefinitionSource {

  private static final Logger LOG = LoggerFactory.getLogger(SharedDefinitions.class);
  private static final String TOPIC = Topics.TARGETS.name();

  /** Between two looks; records and rebalances are seen at once. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** After a fault of Kafka's or the registry's. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final DefinitionReader reader;
  private final Lease lease;
  private final CheckState state;
  private final LogThrottle faults;
  private final OwnedPartitions owned = new OwnedPartitions();
  private final List<java.util.function.Consumer<Definitions>> listeners =
      new CopyOnWriteArrayList<>();
  private final List<java.util.function.Consumer<List<Retirement>>> retirementListeners =
      new CopyOnWriteArrayList<>();
  private final AtomicInteger partitions = new AtomicInteger();
  private final AtomicInteger problems = new AtomicInteger();
  private final AtomicLong pauses = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "targets-topic");
  private volatile Definitions definitions = Definitions.NONE;

  /** Of the thread: whether something changed that was not announced. */
  private boolean changed;

  SharedDefinitions(
      Supplier<Consumer<String, byte[]>> consumers,
      Deserializer<TargetDefinition> deserializer,
      FleetSettings settings,
      LongSupplier nanoTime,
      Clock clock) {
    this.consumers = consumers;
    this.reader = new DefinitionReader(deserializer, settings.folder());
    this.lease = new Lease(settings.lease(), nanoTime);
    this.state = new CheckState("targets-topic", clock);
    this.faults = new LogThrottle(Duration.ofMinutes(1), clock);
    thread.setDaemon(true);
  }

  /**
   * Joins the group when started.
   *
   * @param clientId of the consumer
   */
  public static SharedDefinitions of(
      FleetSettings settings, KafkaSettings kafka, SchemaIds ids, String clientId, Clock clock) {
    return new SharedDefinitions(
        () -> FleetConsumer.open(settings, kafka, clientId),
        AvroSerde.of(Topics.TARGETS, ids).deserializer(),
        settings,
        System::nanoTime,
        clock);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public void onChange(java.util.function.Consumer<Definitions> listener) {
    listeners.add(listener);
  }

  @Override
  public void onRetired(java.util.function.Consumer<List<Retirement>> listener) {
    retirementListeners.add(listener);
  }

  /** False while this collector cannot know whether its targets are its own. */
  @Override
  public boolean isInForce() {
    return lease.isValid();
  }

  @Override
  public int problems() {
    return problems.get();
  }

  @Override
  public Check check() {
    return state.check();
  }

  @Override
  public void register(MeterRegistry registry) {
    Gauge.builder("emberwatch.collector.fleet.partitions", partitions, AtomicInteger::get)
        .description("partitions of emberwatch.targets that the group gave to this collector")
        .register(registry);
    Gauge.builder("emberwatch.collector.fleet.pauses", pauses, AtomicLong::get)
        .description("times that this collector was stopped for so long that it gave up its share")
        .register(registry);
  }

  /** Leaves the group, so that others take over at once. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.plus(LOOK).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (isOpen()) {
      try {
        consume(consumers.get());
      } catch (RuntimeException fault) {
        failed(fault);
      }
    }
  }

  private void consume(Consumer<String, byte[]> consumer) {
    Membership membership = new Membership(consumer, TOPIC, owned, lease, this::announce);
    try {
      membership.join();
      while (isOpen()) {
        try {
          turn(consumer, membership);
        } catch (WakeupException | InterruptException stop) {
          LOG.debug("event=fleet_interrupted");
        } catch (RuntimeException fault) {
          failed(fault);
        }
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }

  private void turn(Consumer<String, byte[]> consumer, Membership membership) {
    pauses.addAndGet(membership.rejoinAfterPause() ? 1 : 0);
    ConsumerRecords<String, byte[]> records = consumer.poll(LOOK);
    pauses.addAndGet(membership.rejoinAfterPause() ? 1 : 0);
    if (!membership.renew()) {
      return;
    }
    records.partitions().forEach(at -> take(consumer, at, records.records(at)));
    if (owned.complete(partition -> isRead(consumer, partition))) {
      changed = true;
    }
    if (changed) {
      announce();
    }
  }

  /** A registry that is away is no fault of the record: it is read again. */
  private void take(
      Consumer<String, byte[]> consumer,
      TopicPartition at,
      List<ConsumerRecord<String, byte[]>> records) {
    OwnedPartition partition = owned.get(at);
    if (partition == null) {
      return;
    }
    changed = true;
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        reader.read(record, partition);
      } catch (SerdeException fault) {
        consumer.seek(at, record.offset());
        failed(fault);
        return;
      }
    }
  }

  private static boolean isRead(Consumer<String, byte[]> consumer, int partition) {
    return consumer.currentLag(new TopicPartition(TOPIC, partition)).orElse(-1) == 0;
  }

  /** What was retired is told first: then the change that follows is no surprise. */
  private void announce() {
    changed = false;
    List<Retirement> retired = owned.takeRetired();
    if (!retired.isEmpty()) {
      retirementListeners.forEach(listener -> listener.accept(retired));
    }
    Definitions next = owned.definitions();
    report(next);
    if (!next.equals(definitions)) {
      definitions = next;
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  private void report(Definitions now) {
    SortedMap<String, String> refused = owned.problems();
    partitions.set(owned.size());
    problems.set(refused.size());
    String share = owned.size() + " partitions, " + now.summary();
    if (!refused.isEmpty()) {
      String first = refused.firstKey();
      state.failing(
          "%s; %d definitions cannot be used, first %s: %s"
              .formatted(share, refused.size(), first, refused.get(first)));
    } else if (lease.isValid() && owned.isComplete()) {
      state.ok(share);
    } else {
      state.failing(share + "; waiting for the group or for the rest of the definitions");
    }
  }

  private void failed(RuntimeException fault) {
    String kind = fault.getClass().getSimpleName();
    state.failing(kind + ": " + fault.getMessage());
    changed = true;
    faults.log(
        kind,
        suppressed ->
            LOG.error(
                "event=targets_topic_fault suppressed={} fault={}", suppressed, fault.toString()));
    awaitClosing(RETRY);
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  private void awaitClosing(Duration limit) {
    try {
      if (closing.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("event=fleet_closing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
