package io.emberwatch.collector.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts a connection that receives one message or reply beyond a limit, as soon as that says how
 * long it will be. What is bounded is what Lettuce gathers until one is whole: of a subscription,
 * which receives without end, and of a reply that announces half a gigabyte.
 */
final class MessageLimit extends ChannelInboundHandlerAdapter {

  /** A message is a channel and the name of a key or a line of a sentinel: below 1 KB. */
  static final long LIMIT_BYTES = 1L << 20;

  private final long limitBytes;
  private final String what;
  private final ReplyMeter meter;

  private MessageLimit(long limitBytes, String what) {
    this.limitBytes = limitBytes;
    this.what = what;
    this.meter = new ReplyMeter(limitBytes);
  }

  /** For one subscription. */
  static MessageLimit ofMessages() {
    return new MessageLimit(LIMIT_BYTES, "message");
  }

  /** For one polled connection. */
  static MessageLimit ofReplies() {
    return new MessageLimit(ReplyLimit.LIMIT_BYTES, "reply");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !meter.accept(bytes)) {
      bytes.release();
      context.fireExceptionCaught(new ReplyTooLongException(limitBytes, what));
      ChannelFuture unused = context.close();
      return;
    }
    super.channelRead(context, message);
  }
}
