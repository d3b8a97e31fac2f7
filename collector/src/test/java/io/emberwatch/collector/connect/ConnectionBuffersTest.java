package io.emberwatch.collector.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class ConnectionBuffersTest {

  private final ConnectionBuffers buffers = new ConnectionBuffers(1);
  private final ReadBufferPolicy policy = new ReadBufferPolicy();

  @Test
  void aConnectionThatWaitsHoldsLittle() {
    ByteBuf buffer = buffers.buffer(ConnectionBuffers.LETTUCE_READ_BUFFER_BYTES);
    assertThat(buffer.capacity()).isEqualTo(ConnectionBuffers.IDLE_BYTES);
    buffer.release();
  }

  @Test
  void otherBuffersAreAsLargeAsAskedFor() {
    ByteBuf buffer = buffers.buffer(16 << 10);
    assertThat(buffer.capacity()).isEqualTo(16 << 10);
    buffer.release();
  }

  @Test
  void aReplyIsGivenBackOnceItIsRead() {
    ByteBuf buffer = buffers.buffer(ConnectionBuffers.LETTUCE_READ_BUFFER_BYTES);
    buffer.writeBytes(new byte[100_000]);
    buffer.skipBytes(100_000);
    policy.afterDecoding(buffer);
    assertThat(buffer.capacity()).isEqualTo(ConnectionBuffers.IDLE_BYTES);
    assertThat(buffer.readerIndex()).isZero();
    assertThat(buffer.writerIndex()).isZero();
    buffer.release();
  }

  @Test
  void whatIsNotReadYetStays() {
    ByteBuf buffer = buffers.buffer(ConnectionBuffers.LETTUCE_READ_BUFFER_BYTES);
    buffer.writeBytes(new byte[9_000]);
    buffer.writeByte(7);
    buffer.skipBytes(9_000);
    policy.afterPartialDecode(buffer);
    policy.afterCommandDecoded(buffer);
    policy.afterDecoding(buffer);
    assertThat(buffer.readableBytes()).isEqualTo(1);
    assertThat(buffer.readByte()).isEqualTo((byte) 7);
    buffer.release();
  }
}
