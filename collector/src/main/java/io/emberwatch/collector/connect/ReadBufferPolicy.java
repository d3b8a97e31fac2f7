package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.DecodeBufferPolicy;
import io.netty.buffer.ByteBuf;

/** Gives a connection's memory back as soon as all that was received has been read. */
final class ReadBufferPolicy implements DecodeBufferPolicy {

  @Override
  public void afterPartialDecode(ByteBuf buffer) {
    buffer.discardSomeReadBytes();
  }

  @Override
  public void afterCommandDecoded(ByteBuf buffer) {
    buffer.discardSomeReadBytes();
  }

  @Override
  public void afterDecoding(ByteBuf buffer) {
    if (buffer.isReadable()) {
      buffer.discardSomeReadBytes();
      return;
    }
    buffer.clear();
    if (buffer.capacity() > ConnectionBuffers.IDLE_BYTES) {
      buffer.capacity(ConnectionBuffers.IDLE_BYTES);
    }
  }
}
