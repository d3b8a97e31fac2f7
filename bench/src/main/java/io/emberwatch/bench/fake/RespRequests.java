package io.emberwatch.bench.fake;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads commands, arrays of bulk strings, as lists of their words. */
final class RespRequests extends ByteToMessageDecoder {

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    in.markReaderIndex();
    int words = number(in);
    if (words < 0) {
      in.resetReaderIndex();
      return;
    }
    List<String> command = new ArrayList<>(words);
    for (int i = 0; i < words; i++) {
      int length = number(in);
      if (length < 0 || in.readableBytes() < length + 2) {
        in.resetReaderIndex();
        return;
      }
      command.add(in.toString(in.readerIndex(), length, StandardCharsets.UTF_8));
      in.skipBytes(length + 2);
    }
    out.add(command);
  }

  /** The number between a type byte and the line's end; -1 while the line is not complete. */
  private static int number(ByteBuf in) {
    int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
    if (end < 0) {
      return -1;
    }
    int length = end - 2 - in.readerIndex();
    String digits = in.toString(in.readerIndex() + 1, length, StandardCharsets.US_ASCII);
    in.readerIndex(end + 1);
    return Integer.parseInt(digits);
  }
}
