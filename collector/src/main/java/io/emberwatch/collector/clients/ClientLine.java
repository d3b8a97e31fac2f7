package io.emberwatch.collector.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One line of CLIENT LIST at a time: where each field's value is in the reply. Read again for the
 * next line, so that a client costs no object. Not thread-safe.
 */
final class ClientLine {

  private static final int ABSENT = -1;

  /** No figure of a client has more digits; a longer one would not fit a long. */
  private static final int MAX_DIGITS = 18;

  private final int[] starts = new int[ClientField.COUNT];
  private final int[] ends = new int[starts.length];
  private byte[] text = new byte[0];

  /**
   * Reads {@code reply[from, to)}: words {@code name=value} with one space between.
   *
   * @return whether it is a client: whether it has an address
   */
  boolean read(byte[] reply, int from, int to) {
    text = reply;
    Arrays.fill(starts, ABSENT);
    int at = from;
    while (at < to) {
      int end = indexOf((byte) ' ', at, to);
      int equals = indexOf((byte) '=', at, end);
      ClientField field = equals < end ? ClientField.find(text, at, equals) : null;
      if (field != null) {
        starts[field.index()] = equals + 1;
        ends[field.index()] = end;
      }
      at = end + 1;
    }
    return has(ClientField.ADDRESS);
  }

  boolean has(ClientField field) {
    return starts[field.index()] != ABSENT;
  }

  /** Whether it has no value, or is not there. */
  boolean isEmpty(ClientField field) {
    return length(field) == 0;
  }

  /** The value as a whole number of 0 or more; 0 when it is none. */
  long number(ClientField field) {
    int start = starts[field.index()];
    int length = length(field);
    if (length == 0 || length > MAX_DIGITS) {
      return 0;
    }
    long value = 0;
    for (int i = start; i < start + length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The value, cut at so many bytes; empty when it is not there. */
  String text(ClientField field, int maxBytes) {
    int length = Math.min(length(field), maxBytes);
    return length == 0 ? "" : new String(text, starts[field.index()], length, UTF_8);
  }

  boolean startsWith(ClientField field, byte[] prefix) {
    int start = starts[field.index()];
    return length(field) >= prefix.length
        && Arrays.equals(text, start, start + prefix.length, prefix, 0, prefix.length);
  }

  boolean contains(ClientField field, char letter) {
    int start = starts[field.index()];
    int end = start + length(field);
    return indexOf((byte) letter, start, end) < end;
  }

  /** Adds the value to a key. */
  void appendTo(GroupKey key, ClientField field) {
    key.append(text, starts[field.index()], length(field));
  }

  /** Adds an address without its port: what is before the last colon. */
  void appendHostTo(GroupKey key) {
    int start = starts[ClientField.ADDRESS.index()];
    int colon = start + length(ClientField.ADDRESS) - 1;
    while (colon > start && text[colon] != ':') {
      colon--;
    }
    boolean hasPort = colon > start;
    key.append(text, start, hasPort ? colon - start : length(ClientField.ADDRESS));
  }

  private int length(ClientField field) {
    return has(field) ? ends[field.index()] - starts[field.index()] : 0;
  }

  private int indexOf(byte wanted, int from, int to) {
    int at = from;
    while (at < to && text[at] != wanted) {
      at++;
    }
    return at;
  }
}
