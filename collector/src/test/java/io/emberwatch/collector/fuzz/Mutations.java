package io.emberwatch.collector.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Wrong replies made of right ones; the same for the same seed. */
final class Mutations {

  private static final List<String> WORDS =
      List.of(
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775808",
          "-1",
          "-0",
          "0",
          "",
          "1e309",
          "NaN",
          "\r\n",
          "\n",
          "\r",
          ":",
          ",",
          "=",
          "*",
          "$",
          "%3\r\n",
          "~2\r\n",
          ">2\r\n",
          "|1\r\n",
          "_\r\n",
          "#t\r\n",
          "(12345678901234567890\r\n",
          "=5\r\ntxt:x\r\n",
          "!3\r\nERR\r\n",
          ",inf\r\n",
          "*1\r\n*1\r\n*1\r\n*1\r\n",
          "$-1\r\n",
          "*-1\r\n",
          "\0",
          "\u00ff\u00fe");

  private final List<byte[]> seeds;

  Mutations(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  /** How long a run by hand is to take; nothing for the run of a build. */
  static Duration byHand() {
    return Duration.ofMinutes(Long.getLong("emberwatch.fuzz.minutes", 0));
  }

  byte[] of(long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    for (int i = random.nextInt(4); i >= 0; i--) {
      start.writeBytes(seeds.get(random.nextInt(seeds.size())));
    }
    byte[] bytes = start.toByteArray();
    for (int i = random.nextInt(6); i > 0; i--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(40));
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    return switch (random.nextInt(5)) {
      case 0 -> join(bytes, from, flipped(part, random), to);
      case 1 -> join(bytes, from, new byte[0], to);
      case 2 -> join(bytes, to, part, to);
      case 3 -> join(bytes, from, word(random), from);
      default -> join(bytes, from, word(random), to);
    };
  }

  private static byte[] flipped(byte[] part, Random random) {
    if (part.length > 0) {
      part[random.nextInt(part.length)] = (byte) random.nextInt(256);
    }
    return part;
  }

  private static byte[] word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[] bytes, int until, byte[] middle, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, until);
    joined.writeBytes(middle);
    joined.write(bytes, from, bytes.length - from);
    return joined.toByteArray();
  }
}
