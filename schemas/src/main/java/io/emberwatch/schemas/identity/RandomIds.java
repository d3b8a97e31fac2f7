package io.emberwatch.schemas.identity;

import io.emberwatch.schemas.RandomId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Random ids of servers (run_id, master_replid) between 20 bytes and the text that people know. */
public final class RandomIds {

  private static final int BYTES = 20;

  private RandomIds() {}

  /** 40 hexadecimal digits in lower case, as INFO has them. */
  public static String text(RandomId id) {
    return HexFormat.of().formatHex(id.bytes());
  }

  /**
   * The id in {@code text[from, to)}, or null when it is not 40 hexadecimal digits in lower case:
   * any other text would not come back.
   */
  public static @Nullable RandomId parse(byte[] text, int from, int to) {
    if (to - from != 2 * BYTES) {
      return null;
    }
    byte[] id = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      int high = digit(text[from + 2 * i]);
      int low = digit(text[from + 2 * i + 1]);
      if (high < 0 || low < 0) {
        return null;
      }
      id[i] = (byte) (high << 4 | low);
    }
    return new RandomId(id);
  }

  private static int digit(byte letter) {
    if (letter >= '0' && letter <= '9') {
      return letter - '0';
    }
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
