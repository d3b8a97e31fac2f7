package io.emberwatch.collector.clients;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fields of a line of CLIENT LIST that are read; the others are passed over. */
enum ClientField {
  ID(0, "id"),
  ADDRESS(1, "addr"),
  NAME(2, "name"),
  AGE(3, "age"),
  IDLE(4, "idle"),
  FLAGS(5, "flags"),
  DB(6, "db"),
  CHANNELS(7, "sub"),
  PATTERNS(8, "psub"),
  SHARD_CHANNELS(9, "ssub"),
  QUERY_BUFFER(10, "qbuf"),
  OUTPUT_BUFFER(11, "omem"),
  MEMORY(12, "tot-mem"),
  COMMAND(13, "cmd"),
  USER(14, "user"),
  LIBRARY(15, "lib-name"),
  LIBRARY_VERSION(16, "lib-ver");

  private static final ClientField[][] BY_LENGTH = byLength();

  /** How many there are. */
  static final int COUNT = 17;

  private final int index;
  private final String word;

  ClientField(int index, String word) {
    this.index = index;
    this.word = word;
  }

  /** Its place among the fields, from 0. */
  int index() {
    return index;
  }

  /** The field named by {@code text[from, to)}, or null. At most five have the same length. */
  static @Nullable ClientField find(byte[] text, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.length) {
      return null;
    }
    for (ClientField field : BY_LENGTH[length]) {
      if (field.isAt(text, from)) {
        return field;
      }
    }
    return null;
  }

  private boolean isAt(byte[] text, int from) {
    for (int i = 0; i < word.length(); i++) {
      if (text[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static ClientField[][] byLength() {
    ClientField[][] table = new ClientField[9][];
    for (int length = 0; length < table.length; length++) {
      int wanted = length;
      table[length] =
          Arrays.stream(values())
              .filter(field -> field.word.length() == wanted)
              .toArray(ClientField[]::new);
    }
    return table;
  }
}
