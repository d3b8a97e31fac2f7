package io.emberwatch.collector.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.collector.connect.PushStream.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PushStreamTest {

  private static final String PATTERN = "__keyevent@*__:*";

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private static String message(String channel, String key) {
    return "*4\r\n" + bulk("pmessage") + bulk(PATTERN) + bulk(channel) + bulk(key);
  }

  /** One connection. */
  private static final class Connection {

    private final List<String> messages = new ArrayList<>();
    private final StringBuilder passedOn = new StringBuilder();
    private final PushStream stream = new PushStream();
    private ByteBuffer kept = ByteBuffer.allocate(0);
    private int foreign;
    private int mostKept;

    /** As Netty's decoder does: what was not taken comes again in front of the next chunk. */
    private void feed(String chunk) {
      byte[] bytes = chunk.getBytes(ISO_8859_1);
      ByteBuffer in = ByteBuffer.allocate(kept.remaining() + bytes.length);
      in.put(kept).put(bytes).flip();
      for (Piece piece = stream.next(in); piece != Piece.MORE; piece = stream.next(in)) {
        switch (piece) {
          case MESSAGE ->
              messages.add(
                  text(in, stream.channel(), stream.channelLength())
                      + " "
                      + text(in, stream.payload(), stream.payloadLength()));
          case OTHER -> passedOn.append(text(in, stream.from(), stream.length()));
          case FOREIGN -> foreign++;
          case MORE -> throw new IllegalStateException();
        }
      }
      kept = in.slice();
      mostKept = Math.max(mostKept, kept.remaining());
    }

    private static String text(ByteBuffer in, int from, int length) {
      byte[] text = new byte[length];
      in.get(from, text);
      return new String(text, ISO_8859_1);
    }

    private void assertAllOf(List<Part> parts) {
      assertThat(messages)
          .isEqualTo(parts.stream().map(Part::message).filter(m -> !m.isEmpty()).toList());
      assertThat(passedOn.toString())
          .isEqualTo(String.join("", parts.stream().map(Part::other).toList()));
      assertThat(foreign).isEqualTo(parts.stream().mapToInt(Part::foreign).sum());
      assertThat(kept.remaining()).isZero();
    }
  }

  /** A piece of the stream with what it must give: a message, passed on, or foreign. */
  record Part(String bytes, String message, String other, int foreign) {}

  @Provide
  Arbitrary<List<Part>> parts() {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.strings().withChars("ab:*$\r\n\u00e9").ofMaxLength(20)),
            Tuple.of(1, Arbitraries.strings().withChars("k").ofLength(1_500)));
    Arbitrary<Part> events =
        names.map(
            key ->
                new Part(
                    message("__keyevent@0__:set", key),
                    "__keyevent@0__:set " + key.substring(0, Math.min(1_024, key.length())),
                    "",
                    0));
    Arbitrary<Part> others =
        Arbitraries.of(
                "+OK\r\n",
                "-ERR no such thing\r\n",
                ":12\r\n",
                "$-1\r\n",
                "*-1\r\n",
                "*0\r\n",
                bulk(""),
                bulk("pmessage"),
                "*3\r\n" + bulk("psubscribe") + bulk(PATTERN) + ":1\r\n",
                "*4\r\n" + bulk("pmessag3") + bulk("a") + bulk("b") + bulk("c"),
                "*2\r\n*2\r\n:1\r\n$-1\r\n" + bulk("x\r\ny"))
            .map(reply -> new Part(reply, "", reply, 0));
    Arbitrary<Part> forged =
        names.map(
            key ->
                new Part(message("__keyevent@0__:" + "e".repeat(300), key + "*4\r\n"), "", "", 1));
    return Arbitraries.oneOf(events, events, others, forged).list().ofMaxSize(12);
  }

  @Property(tries = 500)
  void anySplitIntoChunksGivesTheSame(
      @ForAll("parts") List<Part> parts,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 200) Integer> chunks) {
    Connection connection = new Connection();
    StringBuilder whole = new StringBuilder();
    parts.forEach(part -> whole.append(part.bytes()));
    int at = 0;
    for (int chunk : chunks) {
      int end = Math.min(whole.length(), at + chunk);
      connection.feed(whole.substring(at, end));
      at = end;
    }
    connection.feed(whole.substring(at));
    connection.assertAllOf(parts);
  }

  @Property(tries = 100)
  void byteByByteGivesTheSame(@ForAll("parts") List<Part> parts) {
    Connection connection = new Connection();
    for (Part part : parts) {
      part.bytes().chars().forEach(b -> connection.feed(String.valueOf((char) b)));
    }
    connection.assertAllOf(parts);
    assertThat(connection.mostKept).isLessThan(2_048);
  }

  /** Anything but a protocol fault, in bounded memory, whatever a server sends. */
  @Property(tries = 1_000)
  void hostileBytesEndInAFaultAtWorst(@ForAll("hostile") List<String> chunks) {
    Connection connection = new Connection();
    try {
      chunks.forEach(connection::feed);
    } catch (PushProtocolException expected) {
      assertThat(expected).hasMessageContaining(" ");
    }
    assertThat(connection.mostKept).isLessThan(2_048);
  }

  @Provide
  Arbitrary<List<String>> hostile() {
    return Arbitraries.of(
            "*4\r\n$8\r\npmessage\r\n",
            "*",
            "$",
            "4",
            "999999999",
            "-1",
            "\r\n",
            "\r",
            "$16\r\n",
            "$999999999\r\n",
            "*999999999\r\n",
            ":",
            "+",
            "x".repeat(900))
        .list()
        .ofMaxSize(40);
  }

  @Test
  void refusesEndlessReplies() {
    Connection connection = new Connection();
    connection.feed("$999999999\r\n");
    String chunk = "x".repeat(10_000);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                connection.feed(chunk);
              }
            })
        .isInstanceOf(PushProtocolException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void refusesAStreamThatIsNoResp2() {
    for (String bytes :
        new String[] {"HTTP/1.1 400\r\n", "+" + "x".repeat(2_000), "%1\r\n", "*x\r\n"}) {
      assertThatThrownBy(() -> new PushStream().next(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1))))
          .as(bytes)
          .isInstanceOf(PushProtocolException.class);
    }
  }
}
