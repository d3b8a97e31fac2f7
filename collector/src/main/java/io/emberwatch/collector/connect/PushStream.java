package io.emberwatch.collector.connect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Cuts the RESP2 stream of a subscribed connection into messages, which are read in place and
 * without an allocation, and everything else, which is passed on. Any split of the stream into
 * chunks gives the same pieces, as long as bytes that were not taken come again in front of the
 * next ones; never more than 2 KB are left, whatever is sent. Not thread-safe.
 */
final class PushStream {

  /** Bytes of a payload that are waited for and handed on; the rest is thrown away. */
  static final int MAX_PAYLOAD_BYTES = 1_024;

  /** Our pattern has 15 bytes, the channel of an event at most 100. */
  static final int MAX_NAME_BYTES = 256;

  /** Replies to PSUBSCRIBE, AUTH and CONFIG GET are below 1 KB. */
  static final long MAX_REPLY_BYTES = 64 << 10;

  private static final byte[] MESSAGE =
      "*4\r\n$8\r\npmessage\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int CRLF_BYTES = 2;

  /** An error's text may be long. */
  private static final int MAX_LINE_BYTES = 1_024;

  private static final int INCOMPLETE = -1;

  /** What {@link #next} found. */
  enum Piece {
    /** A message; the getters say where it is. */
    MESSAGE,
    /** Part of anything else; {@link #from} and {@link #length} say where it is. */
    OTHER,
    /** A message that is no event was thrown away, or is about to be. */
    FOREIGN,
    /** More bytes are needed. */
    MORE
  }

  private long skip;
  private long bulk;
  private long elements;
  private long replyBytes;
  private boolean discarding;
  private int from;
  private int length;
  private int channel;
  private int channelLength;
  private int payload;
  private int payloadLength;
  private int cursor;

  /**
   * Takes the next piece and moves the buffer's position behind it.
   *
   * @throws PushProtocolException when this is no RESP2, or too much; the stream is lost then
   */
  Piece next(ByteBuffer in) {
    if (!skipped(in)) {
      return Piece.MORE;
    }
    if (elements > 0) {
      return reply(in);
    }
    int start = in.position();
    int compared = Math.min(in.remaining(), MESSAGE.length);
    for (int i = 0; i < compared; i++) {
      if (in.get(start + i) != MESSAGE[i]) {
        elements = 1;
        replyBytes = 0;
        return reply(in);
      }
    }
    return compared < MESSAGE.length ? Piece.MORE : message(in, start);
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  int channel() {
    return channel;
  }

  int channelLength() {
    return channelLength;
  }

  int payload() {
    return payload;
  }

  int payloadLength() {
    return payloadLength;
  }

  private boolean skipped(ByteBuffer in) {
    if (skip > 0) {
      int now = (int) Math.min(skip, in.remaining());
      in.position(in.position() + now);
      skip -= now;
    }
    return skip == 0 && in.hasRemaining();
  }

  private Piece message(ByteBuffer in, int start) {
    cursor = start + MESSAGE.length;
    long pattern = bulkLength(in);
    if (pattern == INCOMPLETE) {
      return Piece.MORE;
    }
    if (pattern > MAX_NAME_BYTES) {
      return discard();
    }
    cursor += (int) pattern + CRLF_BYTES;
    long name = bulkLength(in);
    if (name == INCOMPLETE) {
      return Piece.MORE;
    }
    if (name > MAX_NAME_BYTES) {
      return discard();
    }
    channel = cursor;
    channelLength = (int) name;
    cursor += channelLength + CRLF_BYTES;
    long content = bulkLength(in);
    if (content == INCOMPLETE) {
      return Piece.MORE;
    }
    payload = cursor;
    payloadLength = (int) Math.min(content, MAX_PAYLOAD_BYTES);
    if (in.limit() < payload + payloadLength) {
      return Piece.MORE;
    }
    in.position(payload + payloadLength);
    skip = content - payloadLength + CRLF_BYTES;
    return Piece.MESSAGE;
  }

  /** Takes it as a reply that nobody hears of. */
  private Piece discard() {
    elements = 1;
    replyBytes = 0;
    discarding = true;
    return Piece.FOREIGN;
  }

  /** Length of the bulk whose header is at the cursor, which moves behind the header. */
  private long bulkLength(ByteBuffer in) {
    int end = lineEnd(in, cursor);
    if (end == INCOMPLETE) {
      return INCOMPLETE;
    }
    if (in.get(cursor) != '$') {
      throw new PushProtocolException("a message of something else than texts");
    }
    long bytes = number(in, cursor + 1, end);
    if (bytes < 0) {
      throw new PushProtocolException("a message with a nil");
    }
    cursor = end + CRLF_BYTES;
    return bytes;
  }

  private Piece reply(ByteBuffer in) {
    from = in.position();
    while (elements > 0) {
      if (bulk > 0) {
        int now = (int) Math.min(bulk, in.remaining());
        in.position(in.position() + now);
        bulk -= now;
        if (bulk > 0) {
          break;
        }
        elements--;
      } else if (!header(in)) {
        break;
      }
    }
    length = in.position() - from;
    replyBytes += length;
    if (discarding) {
      discarding = elements > 0;
      return discarding ? Piece.MORE : next(in);
    }
    if (replyBytes > MAX_REPLY_BYTES) {
      throw new PushProtocolException("a reply of more than " + MAX_REPLY_BYTES + " bytes");
    }
    return length > 0 ? Piece.OTHER : Piece.MORE;
  }

  private boolean header(ByteBuffer in) {
    int start = in.position();
    int end = lineEnd(in, start);
    if (end == INCOMPLETE) {
      return false;
    }
    switch (in.get(start)) {
      case '+', '-', ':' -> elements--;
      case '$' -> {
        long bytes = number(in, start + 1, end);
        elements -= bytes < 0 ? 1 : 0;
        bulk = bytes < 0 ? 0 : bytes + CRLF_BYTES;
      }
      case '*' -> elements += Math.max(0, number(in, start + 1, end)) - 1;
      default -> throw new PushProtocolException("no RESP2 reply");
    }
    in.position(end + CRLF_BYTES);
    return true;
  }

  /** Index of the CR that ends the line; {@link #INCOMPLETE} if its LF is not there yet. */
  private static int lineEnd(ByteBuffer in, int start) {
    int last = Math.min(in.limit() - 1, start + MAX_LINE_BYTES);
    for (int at = start + 1; at < last; at++) {
      if (in.get(at) == '\r') {
        if (in.get(at + 1) != '\n') {
          throw new PushProtocolException("a line that does not end");
        }
        return at;
      }
    }
    if (in.limit() - start > MAX_LINE_BYTES) {
      throw new PushProtocolException("a line of more than " + MAX_LINE_BYTES + " bytes");
    }
    return INCOMPLETE;
  }

  /** A length: -1, or up to nine digits, which is more than any bulk may have. */
  private static long number(ByteBuffer in, int start, int end) {
    if (end - start == 2 && in.get(start) == '-' && in.get(start + 1) == '1') {
      return -1;
    }
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = in.get(at) - '0';
      if (digit < 0 || digit > 9 || end - start > 9) {
        throw new PushProtocolException("no length");
      }
      value = value * 10 + digit;
    }
    if (end == start) {
      throw new PushProtocolException("no length");
    }
    return value;
  }
}
