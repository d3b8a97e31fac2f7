package io.emberwatch.collector.keyspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.subscribe.Subscriber;
import io.lettuce.core.protocol.CommandType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Counts the keyspace events of one target in the connection's own thread. It reads {@code
 * notify-keyspace-events} before it subscribes, and never sets it. A server that cuts a subscriber
 * which reads too slowly (client-output-buffer-limit pubsub) is a subscription that was lost.
 */
final class EventSubscriber implements Subscriber {

  /** All keyspace events of all databases; letter by letter what an ACL user is granted. */
  static final String PATTERN = "__keyevent@*__:*";

  private static final String SETTING = "notify-keyspace-events";

  private final EventWindows windows;
  private final KeyspaceMeters meters;
  private final Duration timeout;

  /**
   * @param timeout for the answer to a command
   */
  EventSubscriber(EventWindows windows, KeyspaceMeters meters, Duration timeout) {
    this.windows = windows;
    this.meters = meters;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Void> opened(Exchange connection) {
    return connection
        .list(CommandType.CONFIG, "GET", SETTING)
        .copy()
        .completeOnTimeout(new ProbeOutcome.TimedOut<>(), timeout.toNanos(), TimeUnit.NANOSECONDS)
        .thenAccept(this::setting);
  }

  @Override
  public void began(Instant at) {
    windows.subscribed(at);
  }

  @Override
  public void lost(Instant at) {
    windows.lost(at);
    meters.subscriptionLost();
  }

  @Override
  public void ended(Instant at) {
    windows.lost(at);
  }

  @Override
  public void message(byte[] channel, byte[] key) {
    ByteBuffer bytes = ByteBuffer.allocate(channel.length + key.length).put(channel).put(key);
    message(bytes, 0, channel.length, channel.length, key.length);
  }

  @Override
  public void message(ByteBuffer bytes, int channel, int channelLength, int key, int keyLength) {
    if (!windows.message(bytes, channel, channelLength, key, keyLength)) {
      meters.unparsed();
    }
  }

  @Override
  public void foreign() {
    meters.unparsed();
  }

  /** A server that refuses to say is a fact, and a dead one shows at PSUBSCRIBE. */
  private void setting(ProbeOutcome<List<Object>> outcome) {
    if (outcome instanceof Answered<List<Object>> answered) {
      List<Object> pair = answered.value();
      Object value = pair.size() == 2 ? pair.get(1) : null;
      windows.setting(
          value instanceof byte[] text ? Optional.of(new String(text, UTF_8)) : Optional.empty());
    } else if (outcome instanceof Refused<?>) {
      windows.setting(Optional.empty());
    }
  }
}
