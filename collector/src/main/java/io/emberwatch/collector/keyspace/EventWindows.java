package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.key.PrefixFinder;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.EventCount;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.NotificationCounters;
import io.emberwatch.schemas.SampledKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The events of one target, counted in place into windows that follow each other without a gap, and
 * the totals of the present subscription. A window that is not closed in time only gets longer. A
 * quiet target publishes one empty window a minute, which proves that somebody listened; those of
 * the moments before the next event are joined, so that a busy window is never longer than it has
 * to be. Thread-safe: events are counted by the connection's thread, windows closed by another.
 */
final class EventWindows {

  /** A target that stays silent is reported as often as a slow poll would be. */
  static final Duration QUIET_WINDOW = Duration.ofMinutes(1);

  private final Target target;
  private final KeyspaceEvents settings;
  private final KeyNames names;
  private final PrefixFinder finder;
  private final String collectorId;
  private final RandomGenerator random;
  private final AtomicLong sequence;
  private final Listening listening;

  private EventCounter counter;
  private KeyReservoir reservoir;
  private Instant windowStart;
  private @Nullable Span quiet;
  private @Nullable Instant subscribedSince;
  private Optional<String> setting = Optional.empty();
  private long received;
  private long expired;
  private long evicted;

  /**
   * @param settings those of the target
   * @param names puts the sampled keys into the form that the settings ask for
   * @param sequence number of the target's last window in this run of the collector
   * @param now when the target's first window begins
   */
  EventWindows(
      Target target,
      KeyspaceEvents settings,
      KeyNames names,
      String collectorId,
      AtomicLong sequence,
      RandomGenerator random,
      Instant now) {
    this.target = target;
    this.settings = settings;
    this.names = names;
    this.finder = new PrefixFinder(settings.prefixes());
    this.collectorId = collectorId;
    this.sequence = sequence;
    this.random = random;
    this.windowStart = now;
    this.listening = new Listening(now);
    this.counter = newCounter();
    this.reservoir = newReservoir();
  }

  /** A subscription began: a new identity, and totals from 0. */
  synchronized void subscribed(Instant now) {
    listening.begin(now);
    subscribedSince = now;
    received = 0;
    expired = 0;
    evicted = 0;
  }

  /**
   * @param value the server's {@code notify-keyspace-events}; empty when it refused to say
   */
  synchronized void setting(Optional<String> value) {
    setting = value;
  }

  /** The subscription ended; {@code at} is when it was last known to be alive. */
  synchronized void lost(Instant at) {
    listening.end(at.isBefore(windowStart) ? windowStart : at);
  }

  /**
   * Counts one message of the subscription.
   *
   * @return false if no keyspace event has such a channel; it is in no count then
   */
  synchronized boolean message(
      ByteBuffer bytes, int channel, int channelLength, int key, int keyLength) {
    EventKind kind = counter.count(bytes, channel, channelLength, key, keyLength);
    if (kind == null) {
      return false;
    }
    reservoir.offer(kind, bytes, key, keyLength);
    received++;
    switch (kind.event()) {
      case "expired" -> expired++;
      case "evicted" -> evicted++;
      default -> {}
    }
    return true;
  }

  /** The windows that are due: none, the one that ended, or with it the quiet one before. */
  synchronized List<KeyspaceEventSample> closeDue(Instant now) {
    return now.isBefore(windowStart.plus(settings.window())) ? List.of() : close(now, QUIET_WINDOW);
  }

  /** The windows up to now, however short or quiet. */
  synchronized List<KeyspaceEventSample> closeAll(Instant now) {
    return now.isAfter(windowStart) ? close(now, Duration.ZERO) : List.of();
  }

  /** Totals of the present subscription; empty while there is none. */
  synchronized Optional<NotificationCounters> counters() {
    return listening.on() && subscribedSince != null
        ? Optional.of(
            new NotificationCounters(
                subscribedSince, received, expired, evicted, setting.orElse(null)))
        : Optional.empty();
  }

  /** Events of the present subscription. */
  synchronized long received() {
    return received;
  }

  private List<KeyspaceEventSample> close(Instant now, Duration quietLimit) {
    Span span = new Span(windowStart, now, listening.takeMissed(now));
    windowStart = now;
    Instant since = subscribedSince;
    if (since == null) {
      // Never subscribed yet: there is nothing to say, and the missed time is kept for the first.
      quiet = Span.join(quiet, span);
      return List.of();
    }
    List<KeyspaceEventSample> closed = new ArrayList<>();
    if (counter.total() == 0) {
      quiet = Span.join(quiet, span);
      span = quiet;
      if (span.length().compareTo(quietLimit) < 0) {
        return List.of();
      }
    } else if (quiet != null) {
      closed.add(sample(quiet, since, newCounter(), newReservoir()));
    }
    closed.add(sample(span, since, counter, reservoir));
    quiet = null;
    counter = newCounter();
    reservoir = newReservoir();
    return closed;
  }

  private KeyspaceEventSample sample(
      Span span, Instant since, EventCounter counted, KeyReservoir drawn) {
    List<EventCount> counts = counted.counts();
    List<SampledKey> keys = drawn.sample(names);
    return KeyspaceEventSample.newBuilder()
        .setInstanceId(target.instanceId())
        .setFleet(target.fleet())
        .setGroup(target.group())
        .setLabels(target.labels())
        .setCollectorId(collectorId)
        .setSequence(sequence.incrementAndGet())
        .setWindowStart(span.start())
        .setWindowEnd(span.end())
        .setCounts(counts)
        .setTotal(counted.total())
        .setOtherPrefix(counted.otherPrefix())
        .setSampledKeys(keys)
        .setSubscribedSince(since)
        .setUnsubscribedMillis(span.missed().toMillis())
        .setNotifyKeyspaceEvents(setting.orElse(null))
        .build();
  }

  private EventCounter newCounter() {
    return new EventCounter(finder, settings.prefixes().max(), random.nextInt());
  }

  private KeyReservoir newReservoir() {
    return new KeyReservoir(names.published() ? settings.sampledKeys() : 0, random);
  }

  /**
   * A piece of time.
   *
   * @param missed of it, without a subscription
   */
  private record Span(Instant start, Instant end, Duration missed) {

    static Span join(@Nullable Span earlier, Span later) {
      return earlier == null
          ? later
          : new Span(earlier.start, later.end, earlier.missed.plus(later.missed));
    }

    Duration length() {
      return Duration.between(start, end);
    }
  }
}
