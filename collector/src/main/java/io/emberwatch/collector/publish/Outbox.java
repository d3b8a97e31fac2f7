package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Numbered;
import io.emberwatch.collector.spool.Outgoing;
import io.emberwatch.collector.spool.Spool;
import io.emberwatch.collector.spool.Spooled;
import io.emberwatch.collector.spool.WriterSchemas;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All records under way, in one order: those sent and not answered, then those on disk, then those
 * in memory. What comes in goes to the end, so a record is never sent before one that came before
 * it, of any key. What waits in memory while Kafka takes nothing goes to disk in batches; what was
 * sent and not answered when a connection ends goes back to its place. Used by one thread.
 */
final class Outbox {

  /** Gathers some records into a block on disk; more are lost in a kill. */
  private static final Duration DISK_AFTER = Duration.ofMillis(200);

  private static final int DISK_ABOVE_BYTES = 64 << 10;

  /** A file is filled by the batch, and dropped whole: a batch must be small beside the bound. */
  private static final int STORED_AT_ONCE = 100;

  /** Half of the client's buffer: a send must not wait for room in it. */
  private static final long MAX_UNANSWERED_BYTES = 4L << 20;

  /** Memory that records may wait in while the disk cannot be written; then the oldest go. */
  private static final long MAX_WAITING_BYTES = 4L << 20;

  private final int maxUnanswered;
  private final WriterSchemas schemas;
  private final Disk disk;
  private final Spool spool;
  private final PublishMeters meters;
  private final Consumer<Event> events;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private final Map<Long, Sent> unanswered = new TreeMap<>();
  private long waitingBytes;
  private long waitingSinceNanos;
  private long unansweredBytes;
  private long nextNumber;
  private @Nullable Connection connection;
  private @Nullable Exception fault;
  private boolean finishing;

  /**
   * An outbox without a connection.
   *
   * @param firstNumber larger than any of a former run: microseconds of the clock
   * @param events told of the answers, on any thread
   */
  Outbox(
      int maxUnanswered,
      WriterSchemas schemas,
      Disk disk,
      PublishMeters meters,
      long firstNumber,
      Consumer<Event> events) {
    this.maxUnanswered = maxUnanswered;
    this.schemas = schemas;
    this.disk = disk;
    this.spool = disk.spool();
    this.meters = meters;
    this.nextNumber = firstNumber;
    this.events = events;
  }

  void add(Outgoing record) {
    nextNumber = Math.max(nextNumber, spool.end());
    keep(new Numbered(nextNumber++, record));
  }

  void connected(Connection made) {
    connection = made;
    fault = null;
  }

  /** What ended the connection; null while it works, or before there is one. */
  @Nullable Exception fault() {
    return fault;
  }

  boolean isConnected() {
    return connection != null;
  }

  /** Whether all that need not wait on disk was sent and answered. */
  boolean isSettled() {
    return unanswered.isEmpty() && (waiting.isEmpty() || spool.records() > 0);
  }

  /** What is on disk is not sent any more: the next run does that. */
  void finish() {
    finishing = true;
  }

  void answered(Sent sent, Answer answer) {
    if (answer instanceof Answer.Broken broken) {
      fault = fault == null ? broken.fault() : fault;
    } else if (unanswered.remove(sent.number()) != null) {
      unansweredBytes -= sent.record().sizeBytes();
      settle(sent, answer instanceof Answer.Taken ? null : "refused");
    }
  }

  /** Sends what can be sent, in order, and puts on disk what cannot. */
  void work() {
    if (waiting.isEmpty()) {
      disk.look();
    }
    while (connection != null && fault == null && hasRoom()) {
      Sent next = next();
      if (next == null) {
        return;
      }
      send(connection, next);
    }
    boolean overdue = System.nanoTime() - waitingSinceNanos > DISK_AFTER.toNanos();
    if (!waiting.isEmpty() && (overdue || waitingBytes > DISK_ABOVE_BYTES)) {
      store();
    }
  }

  /** Ends the connection; what it still answers comes as events before this returns. */
  void disconnect() {
    Connection ended = connection;
    connection = null;
    if (ended != null) {
      ended.close(Duration.ZERO);
    }
  }

  /** Puts what was sent and not answered back to its place; call once all answers were taken. */
  void takeBack() {
    List<Numbered> back = new ArrayList<>();
    for (Sent sent : unanswered.values()) {
      if (sent instanceof Sent.FromMemory memory) {
        back.add(memory.kept());
      }
    }
    unanswered.clear();
    unansweredBytes = 0;
    fault = null;
    if (spool.isEmpty()) {
      keepFirst(back);
    } else {
      spool.rewind();
      List<Numbered> refused = spool.insert(back);
      meters.spooled(back.size() - refused.size());
      refused.forEach(one -> meters.droppedFromMemory(one.record().topic(), "spool_unwritable"));
    }
  }

  /** Puts what is in memory on disk, or drops it, and closes the spool. */
  void close() {
    if (!waiting.isEmpty()) {
      store();
    }
    giveUp(waiting, "closing");
    spool.close();
  }

  private boolean hasRoom() {
    return unanswered.size() < maxUnanswered && unansweredBytes < MAX_UNANSWERED_BYTES;
  }

  private @Nullable Sent next() {
    if (finishing && spool.records() > 0) {
      return null;
    }
    Spooled stored = spool.next();
    if (stored != null) {
      return new Sent.FromSpool(stored);
    }
    Numbered first = waiting.poll();
    if (first == null) {
      return null;
    }
    waitingBytes -= first.record().sizeBytes();
    return new Sent.FromMemory(first);
  }

  private void send(Connection to, Sent sent) {
    Outgoing record = sent.record();
    if (!to.askedFor(record.schema()) && schemas.find(record.schema()).isPresent()) {
      // Of a topic that was not named at the start, or found late: a new connection has its id.
      unanswered.put(sent.number(), sent);
      fault = new IllegalStateException("no schema id yet for topic " + record.topic());
    } else if (!to.hasSchema(record.schema())) {
      settle(sent, "no_schema");
    } else if (!to.hasTopic(record.topic())) {
      settle(sent, "no_topic");
    } else {
      unanswered.put(sent.number(), sent);
      unansweredBytes += record.sizeBytes();
      to.send(record, answer -> events.accept(new Event.Answered(sent, answer)));
    }
  }

  /**
   * A record is done with.
   *
   * @param reason why it was dropped; null if it was published
   */
  private void settle(Sent sent, @Nullable String reason) {
    String topic = sent.record().topic();
    if (sent instanceof Sent.FromSpool stored) {
      spool.done(stored.kept());
      if (reason == null) {
        meters.publishedFromSpool(topic);
      } else {
        meters.dropped(topic, 1, reason);
      }
    } else if (reason == null) {
      meters.publishedFromMemory(topic);
    } else {
      meters.droppedFromMemory(topic, reason);
    }
  }

  private void store() {
    while (!waiting.isEmpty()) {
      List<Numbered> batch = waiting.stream().limit(STORED_AT_ONCE).toList();
      if (!disk.append(batch)) {
        break;
      }
      meters.spooled(batch.size());
      batch.forEach(one -> waitingBytes -= waiting.remove().record().sizeBytes());
    }
    while (waitingBytes > MAX_WAITING_BYTES) {
      giveUp(List.of(waiting.remove()), "spool_unwritable");
    }
  }

  private void giveUp(Collection<Numbered> records, String reason) {
    for (Numbered one : records) {
      waitingBytes -= one.record().sizeBytes();
      meters.droppedFromMemory(one.record().topic(), reason);
    }
  }

  private void keep(Numbered one) {
    if (waiting.isEmpty()) {
      waitingSinceNanos = System.nanoTime();
    }
    waiting.add(one);
    waitingBytes += one.record().sizeBytes();
  }

  private void keepFirst(List<Numbered> back) {
    List<Numbered> behind = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    back.forEach(this::keep);
    behind.forEach(this::keep);
  }
}
