package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the socket and Lettuce on a connection for subscriptions, and takes the messages out
 * of the stream: they are counted where they lie instead of becoming commands' answers, arrays and
 * calls of listeners. Whatever else comes goes on to Lettuce. The receiver travels with the
 * PSUBSCRIBE itself, so no message can come before it.
 */
final class PushHandler extends ByteToMessageDecoder {

  private final PushStream stream = new PushStream();
  private @Nullable PushReceiver receiver;
  private boolean lost;

  /** In front of this handler of Lettuce's. */
  static void addTo(ChannelPipeline pipeline, String lettuce) {
    PushHandler handler = new PushHandler();
    pipeline.addBefore(lettuce, "push", handler);
    pipeline.addBefore(lettuce, "push-receiver", handler.new Receivers());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (lost) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int start = in.readerIndex();
    ByteBuffer bytes = in.nioBuffer(start, in.readableBytes());
    try {
      read(bytes, in, start, out);
      in.readerIndex(start + bytes.position());
    } catch (PushProtocolException fault) {
      lost = true;
      in.skipBytes(in.readableBytes());
      context.fireExceptionCaught(fault);
      ChannelFuture unused = context.close();
    }
  }

  private void read(ByteBuffer bytes, ByteBuf in, int start, List<Object> out) {
    while (true) {
      switch (stream.next(bytes)) {
        case MESSAGE -> message(bytes);
        case OTHER -> {
          // Handed on before what follows it is counted: a subscription begins with its reply.
          out.add(in.retainedSlice(start + stream.from(), stream.length()));
          return;
        }
        case FOREIGN -> foreign();
        case MORE -> {
          return;
        }
      }
    }
  }

  private void message(ByteBuffer bytes) {
    if (receiver != null) {
      receiver.message(
          bytes,
          stream.channel(),
          stream.channelLength(),
          stream.payload(),
          stream.payloadLength());
    }
  }

  private void foreign() {
    if (receiver != null) {
      receiver.foreign();
    }
  }

  private final class Receivers extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof RedisCommand<?, ?, ?> command
          && command.getArgs() instanceof SubscribeArgs subscribe) {
        receiver = subscribe.receiver();
      }
      super.write(context, message, promise);
    }
  }
}
