package io.emberwatch.bench.fake;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** One connection to a fake server. */
final class FakeRedis extends SimpleChannelInboundHandler<List<String>> {

  private static final byte[] ENDLESS_HEAD = "$536870912\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENDLESS_BLOCK = new byte[64 << 10];

  /** After so many the thread looks at the other servers. */
  private static final int BLOCKS_A_TURN = 8;

  private final CapturedServer captured;
  private final Garbage garbage;
  private final Supplier<Manner> manner;
  private boolean endless;
  private long steps;

  FakeRedis(CapturedServer captured, Garbage garbage, Supplier<Manner> manner) {
    this.captured = captured;
    this.garbage = garbage;
    this.manner = manner;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, List<String> command) {
    switch (manner.get()) {
      case NORMAL -> {
        ByteBuf out = context.alloc().buffer(8 << 10);
        captured.answer(command).write(out, ++steps);
        send(context, out);
      }
      case GARBAGE -> {
        send(context, Unpooled.wrappedBuffer(garbage.next()));
        context.flush();
      }
      case ENDLESS -> {
        if (!endless) {
          endless = true;
          send(context, Unpooled.wrappedBuffer(ENDLESS_HEAD));
          pour(context);
        }
      }
      case HANGING, REFUSING -> {
        // Says nothing.
      }
    }
  }

  /** Commands of one pipeline are answered in one packet. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (endless) {
      pour(context);
    }
  }

  /** A client that hangs up is none of our business. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }

  private static void pour(ChannelHandlerContext context) {
    for (int i = 0; i < BLOCKS_A_TURN; i++) {
      if (!context.channel().isActive() || !context.channel().isWritable()) {
        return;
      }
      send(context, Unpooled.wrappedBuffer(ENDLESS_BLOCK));
      context.flush();
    }
    context.executor().execute(() -> pour(context));
  }

  private static void send(ChannelHandlerContext context, ByteBuf bytes) {
    ChannelFuture unused = context.write(bytes);
  }
}
