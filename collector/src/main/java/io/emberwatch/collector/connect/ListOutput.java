package io.emberwatch.collector.connect;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;

/**
 * The elements of an array reply. Lettuce takes memory for as many as the reply announces; so
 * thirteen bytes from something that is no Redis, {@code *2147483647}, could end the collector.
 */
final class ListOutput extends NestedMultiOutput<byte[], byte[]> {

  /** Lists grow beyond it as elements really come. */
  private static final int MAX_TRUSTED = 128;

  ListOutput() {
    super(ByteArrayCodec.INSTANCE);
  }

  @Override
  public void multi(int announced) {
    super.multi(Math.min(announced, MAX_TRUSTED));
  }
}
