package io.emberwatch.collector.connect;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a simple or bulk reply, undecoded; empty for a nil. */
final class BytesOutput extends CommandOutput<byte[], byte[], byte[]> {

  BytesOutput() {
    super(ByteArrayCodec.INSTANCE, new byte[0]);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes != null) {
      output = new byte[bytes.remaining()];
      bytes.get(output);
    }
  }

  @Override
  public void setSingle(@Nullable ByteBuffer bytes) {
    set(bytes);
  }
}
