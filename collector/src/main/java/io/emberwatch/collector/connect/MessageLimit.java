package io.emberwatch.collector.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts a subscribed connection that receives one message beyond a limit. A subscription receives
 * without end, so {@link ReplyLimit} does not fit it; what must be bounded is what Lettuce gathers
 * until a message is whole.
 */
final class MessageLimit extends ChannelInboundHandlerAdapter {

  /** A message is a channel and the name of a key or a line of a sentinel: below 1 KB. */
  static final long LIMIT_BYTES = 1L << 20;

  private final ReplyMeter meter = new ReplyMeter(LIMIT_BYTES);

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !meter.accept(bytes)) {
      bytes.release();
      context.fireExceptionCaught(new ReplyTooLongException(LIMIT_BYTES, "message"));
      ChannelFuture unused = context.close();
      return;
    }
    super.channelRead(context, message);
  }
}
