package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts a connection that receives one reply beyond a limit, as soon as that says how long it will
 * be. What is bounded is what Lettuce gathers until one is whole: of a reply that announces half a
 * gigabyte.
 */
final class MessageLimit extends ChannelInboundHandlerAdapter {

  private final ReplyMeter meter = new ReplyMeter(ReplyLimit.LIMIT_BYTES);

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !meter.accept(bytes)) {
      bytes.release();
      context.fireExceptionCaught(fault());
      ChannelFuture unused = context.close();
      return;
    }
    super.channelRead(context, message);
  }

  private RuntimeException fault() {
    return meter.isForeign()
        ? new RedisProtocolException("a reply of RESP3, which was not asked for")
        : new ReplyTooLongException(ReplyLimit.LIMIT_BYTES, "reply");
  }
}
