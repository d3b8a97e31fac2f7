package io.emberwatch.collector.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ReplyMeterTest {

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  private static String message(List<String> words) {
    StringBuilder text = new StringBuilder("*" + words.size() + "\r\n");
    words.forEach(w -> text.append('$').append(w.length()).append("\r\n").append(w).append("\r\n"));
    return text.toString();
  }

  /** However a stream is cut into reads, only the length of each message counts. */
  @Property(tries = 200)
  void letsAnyNumberOfShortMessagesPass(
      @ForAll @Size(max = 20)
          List<@Size(min = 1, max = 4) List<@AlphaChars @StringLength(max = 12) String>> messages,
      @ForAll @IntRange(min = 1, max = 40) int read) {
    StringBuilder stream = new StringBuilder("+OK\r\n:12\r\n-ERR no\r\n$-1\r\n*-1\r\n*0\r\n");
    messages.forEach(words -> stream.append(message(words)));
    ReplyMeter meter = new ReplyMeter(100);
    for (int from = 0; from < stream.length(); from += read) {
      String part = stream.substring(from, Math.min(stream.length(), from + read));
      assertThat(meter.accept(bytes(part))).isTrue();
    }
  }

  @Test
  void refusesWhatGrowsBeyondTheLimitInAnyShape() {
    assertThat(new ReplyMeter(100).accept(bytes("$101\r\n"))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("*101\r\n"))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("$99999999999999999999999\r\n"))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("+" + "x".repeat(100)))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("*1\r\n".repeat(26)))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("*60\r\n" + ":1\r\n".repeat(30)))).isFalse();
    assertThat(new ReplyMeter(100).accept(bytes("HTTP/1.1 " + "x".repeat(100)))).isFalse();
  }

  @Test
  void refusesMoreElementsThanAnyReplyHasAndWhatIsOfAnotherProtocol() {
    int many = ReplyMeter.MAX_ELEMENTS;
    assertThat(new ReplyMeter(8L << 20).accept(bytes("*" + (many + 1) + "\r\n"))).isFalse();
    assertThat(new ReplyMeter(8L << 20).accept(bytes("*1\r\n".repeat(many + 1)))).isFalse();
    ReplyMeter meter = new ReplyMeter(100);
    assertThat(meter.accept(bytes(">2147483647\r\n"))).isFalse();
    assertThat(meter.isForeign()).isTrue();
  }

  @Test
  void cutsTheConnectionAndKeepsNothing() {
    EmbeddedChannel channel = new EmbeddedChannel(new MessageLimit());
    assertThat(channel.writeInbound(bytes(message(List.of("pmessage", "*", "a", "b"))))).isTrue();
    ByteBuf announced = bytes("*2\r\n$" + (ReplyLimit.LIMIT_BYTES + 1) + "\r\n");
    assertThatThrownBy(() -> channel.writeInbound(announced))
        .isInstanceOf(ReplyTooLongException.class);
    assertThat(channel.isOpen()).isFalse();
    assertThat(announced.refCnt()).isZero();
    channel.releaseInbound();
  }
}
