package io.emberwatch.collector.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.logging.LogThrottle;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes records without ever blocking its callers. They are encoded at once and wait, bounded
 * in number and bytes, for one thread to hand them to the producer, whose {@code send} may block
 * for seconds while Kafka is away. Every record offered is counted once more: offered = published +
 * dropped by reason + in flight. Thread-safe.
 */
public final class RecordPublisher implements AutoCloseable {

  /** Header that names the poll, from sample to page: {@code <collector id>/<sequence>}. */
  public static final String TRACE_HEADER = "emberwatch-trace";

  /**
   * Bound on what waits for the producer, whose own buffer has its own bound. A quarter of the
   * collector's heap: ten thousand samples with commandstats would be all of it.
   */
  static final long MAX_WAITING_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RecordPublisher.class);

  private final Producer<String, byte[]> producer;
  private final SchemaIds ids;
  private final PublishSettings settings;
  private final MeterRegistry registry;
  private final CheckState delivery;
  private final LogThrottle faults;
  private final Map<String, AvroSerde<?>> serdes = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<ProducerRecord<String, byte[]>> waiting =
      new LinkedBlockingQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread sender = new Thread(this::send, "publisher");
  private volatile boolean closing;

  /**
   * A publisher over a producer that it closes.
   *
   * @param producer idempotent, with its own delivery timeout
   */
  public RecordPublisher(
      Producer<String, byte[]> producer,
      SchemaIds ids,
      PublishSettings settings,
      MeterRegistry registry,
      Clock clock) {
    this.producer = producer;
    this.ids = ids;
    this.settings = settings;
    this.registry = registry;
    this.delivery = new CheckState("kafka-producer", clock);
    this.faults = new LogThrottle(Duration.ofMinutes(1), clock);
    registry.gauge("emberwatch.collector.in.flight", inFlight);
    sender.setDaemon(true);
  }

  /**
   * Finds or registers the schemas of these topics and begins to send.
   *
   * @throws io.emberwatch.schemas.registry.RegistryException if the registry refuses or is away
   */
  public void start(List<Topic<String, ? extends SpecificRecord>> topics) {
    topics.forEach(topic -> serdeOf(topic).prepare());
    delivery.ok("ready");
    sender.start();
  }

  /** Whether one more record would be taken. */
  public boolean hasRoom() {
    return !closing
        && inFlight.get() < settings.maxInFlight()
        && waitingBytes.get() < MAX_WAITING_BYTES;
  }

  /**
   * Takes a record, or drops and counts it. Returns at once.
   *
   * @param trace value of {@link #TRACE_HEADER}; null for none
   * @return whether it was taken
   */
  public <V extends SpecificRecord> boolean offer(
      Topic<String, V> topic, String key, V value, @Nullable String trace) {
    boolean full =
        inFlight.incrementAndGet() > settings.maxInFlight()
            || waitingBytes.get() >= MAX_WAITING_BYTES;
    if (full || closing) {
      drop(topic.name(), closing ? "closing" : "full");
      return false;
    }
    try {
      byte[] bytes = serdeOf(topic).serializer().serialize(topic.name(), value);
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), key, bytes);
      if (trace != null) {
        record.headers().add(new RecordHeader(TRACE_HEADER, trace.getBytes(UTF_8)));
      }
      waitingBytes.addAndGet(record.value().length);
      waiting.add(record);
      return true;
    } catch (RuntimeException fault) {
      drop(topic.name(), "not_encoded");
      warn(topic.name(), fault);
      return false;
    }
  }

  /** Whether the last record that Kafka answered for was taken. */
  public Check check() {
    return delivery.check();
  }

  /** Takes no more, sends what waits, and waits for the acknowledgements, all in bounded time. */
  @Override
  public void close() {
    closing = true;
    long endNanos = System.nanoTime() + settings.closeTimeout().toNanos();
    try {
      sender.join(Math.max(1, settings.closeTimeout().toMillis()));
      sender.interrupt();
      producer.close(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
      sender.join(1000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (ProducerRecord<String, byte[]> left = waiting.poll();
        left != null;
        left = waiting.poll()) {
      drop(left.topic(), "closing");
    }
  }

  private void send() {
    while (!closing || !waiting.isEmpty()) {
      try {
        ProducerRecord<String, byte[]> record = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (record != null) {
          waitingBytes.addAndGet(-record.value().length);
          send(record);
        }
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void send(ProducerRecord<String, byte[]> record) {
    try {
      Future<?> unused =
          producer.send(record, (metadata, fault) -> answered(record.topic(), fault));
    } catch (RuntimeException fault) {
      answered(record.topic(), fault);
    }
  }

  private void answered(String topic, @Nullable Exception fault) {
    if (fault == null) {
      inFlight.decrementAndGet();
      registry.counter("emberwatch.collector.records.published", "topic", topic).increment();
      delivery.ok("delivering");
    } else {
      drop(topic, "not_delivered");
      delivery.failing(fault.getClass().getSimpleName());
      warn(topic, fault);
    }
  }

  private void drop(String topic, String reason) {
    inFlight.decrementAndGet();
    registry
        .counter("emberwatch.collector.records.dropped", "topic", topic, "reason", reason)
        .increment();
  }

  private void warn(String topic, Exception fault) {
    faults.log(
        topic + fault.getClass().getSimpleName(),
        suppressed ->
            LOG.warn(
                "event=record_dropped topic={} suppressed={} fault={}",
                topic,
                suppressed,
                fault.toString()));
  }

  @SuppressWarnings("unchecked") // The map holds under each topic's name the serde of that topic.
  private <V extends SpecificRecord> AvroSerde<V> serdeOf(Topic<String, V> topic) {
    return (AvroSerde<V>) serdes.computeIfAbsent(topic.name(), name -> AvroSerde.of(topic, ids));
  }
}
