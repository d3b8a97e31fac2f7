package io.emberwatch.collector.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Memory for what connections receive and send. Lettuce takes 64 KiB for each connection and keeps
 * it; here that buffer begins small and grows with a reply, and {@link ReadBufferPolicy} makes it
 * small again. So a connection that waits, as most do most of the time, holds next to nothing.
 */
final class ConnectionBuffers extends PooledByteBufAllocator {

  /** What Lettuce's {@code CommandHandler} asks for, once a connection. */
  static final int LETTUCE_READ_BUFFER_BYTES = 64 << 10;

  /** Holds the answers to the short commands. */
  static final int IDLE_BYTES = 512;

  private static final int PAGE_BYTES = 8 << 10;

  /** Chunks of 512 KiB, not 4 MiB: 100 connections need no more than one or two. */
  private static final int CHUNK_ORDER = 6;

  /** Buffers for these many I/O threads, each with its own share of the memory. */
  ConnectionBuffers(int ioThreads) {
    super(
        true,
        ioThreads,
        ioThreads,
        PAGE_BYTES,
        CHUNK_ORDER,
        defaultSmallCacheSize(),
        defaultNormalCacheSize(),
        defaultUseCacheForAllThreads());
  }

  @Override
  public ByteBuf buffer(int initialCapacity) {
    boolean forReading = initialCapacity == LETTUCE_READ_BUFFER_BYTES;
    return super.buffer(forReading ? IDLE_BYTES : initialCapacity);
  }
}
