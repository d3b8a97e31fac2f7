package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Outgoing;
import io.emberwatch.collector.spool.Spool;
import io.emberwatch.collector.spool.WriterSchema;
import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.emberwatch.runtime.logging.LogThrottle;
import io.emberwatch.schemas.serde.AvroEncoder;
import io.emberwatch.schemas.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes records without ever blocking its callers. They are encoded at once, and one thread
 * sends them; while Kafka or the registry is away they wait on disk. A record is sent again until
 * Kafka has it, refuses it for good, or the bound of the disk is reached: at least once, in order
 * of each key. Every record offered is counted once more: offered + recovered from a former run =
 * published + dropped by reason + in flight (in memory) + spooled. Thread-safe.
 */
public final class RecordPublisher implements AutoCloseable {

  /** Header that names the poll, from sample to page: {@code <collector id>/<sequence>}. */
  public static final String TRACE_HEADER = "emberwatch-trace";

  /**
   * Bound on what waits for the publisher's thread, which is held up by a slow disk or client. A
   * quarter of the collector's heap.
   */
  static final long MAX_WAITING_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RecordPublisher.class);
  private static final int EVENTS_AT_ONCE = 1000;
  private static final Duration TURN = Duration.ofMillis(50);

  /**
   * Waits this long for more: a turn for each of 100 records a second woke three threads each time.
   */
  private static final Duration GATHER = Duration.ofMillis(20);

  private final WriterSchemas schemas;
  private final PublishSettings settings;
  private final PublishMeters meters;
  private final CheckState delivery;
  private final LogThrottle faults;
  private final Disk disk;
  private final Outbox outbox;
  private final KafkaLink link;
  private final Map<String, Route<?>> routes = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread thread = new Thread(this::run, "publisher");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;
  private boolean away;

  private record Route<V extends SpecificRecord>(WriterSchema schema, AvroEncoder<V> encoder) {}

  /**
   * A publisher that has not begun.
   *
   * @param schemas shared with the connector, which finds their ids
   */
  public RecordPublisher(
      KafkaConnector connector,
      WriterSchemas schemas,
      PublishSettings settings,
      MeterRegistry registry,
      Clock clock) {
    this.schemas = schemas;
    this.settings = settings;
    this.meters = new PublishMeters(registry);
    this.delivery = new CheckState("kafka-producer", clock);
    this.faults = new LogThrottle(Duration.ofMinutes(1), clock);
    this.disk = new Disk(new Spool(settings.spool(), schemas, this::gaveUp), meters, clock);
    long firstNumber = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    this.outbox =
        new Outbox(settings.maxInFlight(), schemas, disk, meters, firstNumber, events::add);
    this.link = new KafkaLink(connector, made -> events.add(new Event.Connected(made)), this::away);
    thread.setDaemon(true);
  }

  /** Begins to connect and to send; returns at once. Records may be offered before. */
  public void start(List<Topic<String, ? extends SpecificRecord>> topics) {
    topics.forEach(this::route);
    thread.start();
  }

  /** Whether one more record would be taken. */
  public boolean hasRoom() {
    return !closing && queuedBytes.get() < MAX_WAITING_BYTES;
  }

  /**
   * Takes a record, or drops and counts it. Returns at once.
   *
   * @param trace value of {@link #TRACE_HEADER}; null for none
   * @return its encoding, which must not be changed; empty when it was not taken
   */
  public <V extends SpecificRecord> Optional<ByteBuffer> offer(
      Topic<String, V> topic, String key, V value, @Nullable String trace) {
    meters.offered(topic.name());
    if (!hasRoom()) {
      meters.droppedFromMemory(topic.name(), closing ? "closing" : "full");
      return Optional.empty();
    }
    try {
      Route<V> route = route(topic);
      ByteBuffer body = ByteBuffer.wrap(route.encoder().encode(value));
      Outgoing record = new Outgoing(route.schema(), key, body, trace);
      queuedBytes.addAndGet(record.sizeBytes());
      events.add(new Event.Offered(record));
      return Optional.of(body);
    } catch (RuntimeException fault) {
      meters.droppedFromMemory(topic.name(), "not_encoded");
      warn(topic.name(), "not_encoded", fault.toString());
      return Optional.empty();
    }
  }

  /** Whether Kafka takes what is sent. */
  public Check check() {
    return delivery.check();
  }

  /** Whether the disk would take what Kafka does not. */
  public Check spoolCheck() {
    return disk.check();
  }

  /** Takes no more, sends what it can in bounded time, and leaves the rest on disk. */
  @Override
  public void close() {
    closing = true;
    closed.countDown();
    link.close();
    try {
      if (thread.isAlive()) {
        thread.join(settings.closeTimeout().plusSeconds(2).toMillis());
        thread.interrupt();
        thread.join(1000);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Event left = events.poll(); left != null; left = events.poll()) {
      if (left instanceof Event.Offered offered) {
        meters.droppedFromMemory(offered.record().topic(), "closing");
      }
    }
  }

  private void run() {
    // First, since the schemas of what a former run left are asked for with the others'.
    disk.open();
    link.start();
    try {
      while (!closing) {
        turn();
      }
      outbox.finish();
      long end = System.nanoTime() + settings.closeTimeout().toNanos();
      while (!events.isEmpty()
          || (outbox.isConnected() && !outbox.isSettled() && System.nanoTime() < end)) {
        turn();
      }
    } catch (InterruptedException interrupted) {
      LOG.warn("event=publisher_interrupted");
    }
    end();
  }

  /** A fault of ours must end neither the thread nor the records behind the one that caused it. */
  private void turn() throws InterruptedException {
    Event first = events.poll(TURN.toMillis(), TimeUnit.MILLISECONDS);
    try {
      if (first != null) {
        take(first);
        if (events.size() < EVENTS_AT_ONCE) {
          closed.await(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        }
        takeAll(EVENTS_AT_ONCE);
      }
      Exception fault = outbox.fault();
      if (fault != null) {
        away(fault);
        disconnect();
        link.restart();
      }
      outbox.work();
    } catch (RuntimeException ours) {
      LOG.error("event=publisher_fault", ours);
    }
  }

  private void end() {
    disconnect();
    outbox.close();
    meters.connected(false);
  }

  private void disconnect() {
    meters.connected(false);
    outbox.disconnect();
    takeAll(Integer.MAX_VALUE);
    outbox.takeBack();
  }

  private void takeAll(int most) {
    List<Event> more = new ArrayList<>();
    events.drainTo(more, most);
    more.forEach(this::take);
  }

  private void take(Event event) {
    if (event instanceof Event.Offered offered) {
      queuedBytes.addAndGet(-offered.record().sizeBytes());
      outbox.add(offered.record());
    } else if (event instanceof Event.Answered answered) {
      outbox.answered(answered.sent(), answered.answer());
      tell(answered);
    } else if (event instanceof Event.Connected made) {
      outbox.connected(made.connection());
      meters.connected(true);
      back();
    }
  }

  private void tell(Event.Answered answered) {
    if (answered.answer() instanceof Answer.Taken) {
      link.works();
      delivery.ok("delivering");
    } else if (answered.answer() instanceof Answer.Refused refused) {
      warn(answered.sent().record().topic(), "refused", refused.fault().toString());
    }
  }

  private synchronized void away(Exception fault) {
    delivery.failing(fault.toString());
    if (!away) {
      LOG.warn("event=kafka_away fault=\"{}\"", fault.toString());
    }
    away = true;
  }

  private synchronized void back() {
    delivery.ok("connected");
    if (away) {
      LOG.info("event=kafka_back spooled={}", disk.spool().records());
    }
    away = false;
  }

  private void gaveUp(String topic, int records, String reason) {
    meters.dropped(topic, records, reason);
    warn(topic, reason, records + " records");
  }

  private void warn(String topic, String reason, String detail) {
    faults.log(
        topic + reason,
        suppressed ->
            LOG.warn(
                "event=record_dropped topic={} reason={} suppressed={} detail=\"{}\"",
                topic,
                reason,
                suppressed,
                detail));
  }

  @SuppressWarnings("unchecked") // The map holds under each topic's name the route of that topic.
  private <V extends SpecificRecord> Route<V> route(Topic<String, V> topic) {
    return (Route<V>) routes.computeIfAbsent(topic.name(), name -> newRoute(topic));
  }

  private <V extends SpecificRecord> Route<V> newRoute(Topic<String, V> topic) {
    return new Route<>(
        schemas.write(topic.name(), topic.schema()), new AvroEncoder<>(topic.valueType()));
  }
}
