package io.emberwatch.collector.connect;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value: a byte[] for texts, a Long for numbers, empty for nil. */
final class ScalarOutput extends CommandOutput<byte[], byte[], Optional<Object>> {

  ScalarOutput() {
    super(ByteArrayCodec.INSTANCE, Optional.empty());
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes != null) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      output = Optional.of(copy);
    }
  }

  @Override
  public void setSingle(@Nullable ByteBuffer bytes) {
    set(bytes);
  }

  @Override
  public void set(long number) {
    output = Optional.of(number);
  }
}
