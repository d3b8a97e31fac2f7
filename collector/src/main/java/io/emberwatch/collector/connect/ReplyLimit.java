package io.emberwatch.collector.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Cuts a connection that receives more than a limit between two writes. Without it, something that
 * is no Redis could fill the collector's memory within one deadline by sending an endless reply.
 * Sits at the socket's end of the pipeline, so it counts encrypted bytes under TLS.
 */
final class ReplyLimit extends ChannelDuplexHandler {

  /** INFO of 2000 commands is 0.3 MB, a slow log of 512 entries at most 2 MB. */
  static final long LIMIT_BYTES = 8L << 20;

  private long received;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    received = 0;
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    if (received > LIMIT_BYTES) {
      if (message instanceof ByteBuf bytes) {
        bytes.release();
      }
      context.fireExceptionCaught(new ReplyTooLongException(LIMIT_BYTES, "poll"));
      ChannelFuture unused = context.close();
      return;
    }
    super.channelRead(context, message);
  }
}
