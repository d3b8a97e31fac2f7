package io.emberwatch.collector.connect;

import io.netty.buffer.ByteBuf;

/**
 * Follows the replies of RESP2 through a stream of bytes and measures each. It looks at the lines
 * of the protocol only and jumps over the strings. Whatever is no RESP2 counts as one line. Not
 * thread-safe.
 */
final class ReplyMeter {

  /**
   * Elements of one reply, nested ones included; each takes up to some 60 bytes of heap. CLUSTER
   * SLOT-STATS of all slots has some 180 000, everything else far fewer.
   */
  static final int MAX_ELEMENTS = 300_000;

  /** Begin arrays, maps and messages of RESP3, for which Lettuce takes as much as they announce. */
  private static final String FOREIGN_TYPES = ">%~|@";

  private final long limitBytes;

  /** Bytes of the reply that is being received. */
  private long size;

  /** Elements of it that are still to come, nested ones included. */
  private long pending;

  /** Bytes of a string, its line break included, that are still to come. */
  private long skip;

  /** Elements of it that have come. */
  private long elements;

  private boolean foreign;
  private boolean inLine;
  private byte type;
  private long number;
  private boolean negative;

  ReplyMeter(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Takes the next bytes, without consuming them.
   *
   * @return false once a reply is longer than the limit, or says that it will be, or is of RESP3
   */
  boolean accept(ByteBuf bytes) {
    int end = bytes.writerIndex();
    int at = bytes.readerIndex();
    while (at < end) {
      if (skip > 0) {
        int jumped = (int) Math.min(skip, end - at);
        at += jumped;
        size += jumped;
        skip -= jumped;
        if (skip == 0) {
          elementEnds();
        }
      } else {
        size++;
        protocolByte(bytes.getByte(at++));
      }
      if (foreign
          || size > limitBytes
          || skip > limitBytes
          || pending > limitBytes
          || elements + pending > MAX_ELEMENTS) {
        return false;
      }
    }
    return true;
  }

  /** Whether a reply was of RESP3, which is never asked for. */
  boolean isForeign() {
    return foreign;
  }

  private void protocolByte(byte next) {
    if (!inLine) {
      foreign = FOREIGN_TYPES.indexOf(next) >= 0;
      inLine = true;
      type = next;
      number = 0;
      negative = false;
      pending = Math.max(1, pending);
    } else if (next == '\n') {
      inLine = false;
      lineEnds();
    } else if (next == '-') {
      negative = true;
    } else if (next >= '0' && next <= '9' && number <= limitBytes) {
      number = number * 10 + next - '0';
    }
  }

  private void lineEnds() {
    if (type == '$' && !negative) {
      skip = number + 2;
      return;
    }
    if (type == '*' && !negative) {
      pending += number;
    }
    elementEnds();
  }

  private void elementEnds() {
    pending--;
    elements++;
    if (pending == 0) {
      size = 0;
      elements = 0;
    }
  }
}
