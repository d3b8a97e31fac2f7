package io.emberwatch.collector.connect;

import java.nio.ByteBuffer;

/** Takes the messages of a subscription, on the connection's I/O thread: it must not block. */
public interface PushReceiver {

  /**
   * One message. The bytes are the connection's own and change after the call.
   *
   * @param channel index of the channel's name, of {@code channelLength} bytes
   * @param payload index of the payload, of {@code payloadLength} bytes; of a longer one only the
   *     first {@value PushStream#MAX_PAYLOAD_BYTES} are there
   */
  void message(ByteBuffer bytes, int channel, int channelLength, int payload, int payloadLength);

  /** A message with a longer channel than any of ours; its content was thrown away. */
  void foreign();
}
