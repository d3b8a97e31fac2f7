package io.emberwatch.bench.fake;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes that a client should not trust, another kind each time. */
final class Garbage {

  private static final int NESTING = 100_000;

  private final Random random = new Random(1);
  private final AtomicInteger turn = new AtomicInteger();

  byte[] next() {
    return switch (Math.floorMod(turn.getAndIncrement(), 7)) {
      case 0 -> ascii("HTTP/1.1 400 Bad Request\r\n\r\n");
      case 1 -> ascii("$twelve\r\n");
      case 2 -> ascii("*-7\r\n");
      case 3 -> ascii("*1\r\n".repeat(NESTING));
      case 4 -> ascii("*2147483647\r\n:1\r\n");
      case 5 -> ascii("$4\r\nPONGxx:5\r\n");
      default -> noise();
    };
  }

  private byte[] noise() {
    byte[] bytes = new byte[512];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
