package io.emberwatch.collector.subscribe;

import io.emberwatch.collector.connect.Exchange;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes what one subscription receives. Its methods must not block. */
public interface Subscriber {

  /**
   * A connection is open and not yet subscribed, which is the only time when RESP2 allows other
   * commands on it.
   *
   * @return completes when the subscription may begin; never fails
   */
  default CompletionStage<Void> opened(Exchange connection) {
    return CompletableFuture.completedFuture(null);
  }

  /** Messages are received from here on. */
  void began(Instant at);

  /**
   * The connection broke; another is being tried.
   *
   * @param at when it was last known to be alive
   */
  void lost(Instant at);

  /** The subscription was ended on purpose. */
  void ended(Instant at);

  /**
   * One message, in the connection's own thread.
   *
   * @param payload cut at 1 KiB
   */
  void message(byte[] channel, byte[] payload);

  /**
   * One message where it lies in the connection's buffer, as {@link
   * io.emberwatch.collector.connect.PushReceiver} has it. For those who receive too many to have
   * each copied.
   */
  default void message(
      ByteBuffer bytes, int channel, int channelLength, int payload, int payloadLength) {
    byte[] channelCopy = new byte[channelLength];
    byte[] payloadCopy = new byte[payloadLength];
    bytes.get(channel, channelCopy);
    bytes.get(payload, payloadCopy);
    message(channelCopy, payloadCopy);
  }

  /** A message whose channel is too long to be told; it was thrown away. */
  default void foreign() {}
}
