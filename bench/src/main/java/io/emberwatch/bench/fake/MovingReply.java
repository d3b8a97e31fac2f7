package io.emberwatch.bench.fake;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A captured reply; if it is INFO's, its counters stand at other values each time it is sent. They
 * are made ten digits wide, so that every reply has the same length.
 */
final class MovingReply {

  private static final long FIRST = 1_000_000_000L;
  private static final int DIGITS = 10;

  private static final Set<String> COUNTERS =
      Set.of(
          "total_connections_received",
          "total_commands_processed",
          "total_net_input_bytes",
          "total_net_output_bytes",
          "expired_keys",
          "evicted_keys",
          "keyspace_hits",
          "keyspace_misses",
          "rdb_changes_since_last_save",
          "used_memory",
          "used_memory_rss");

  private final byte[] bytes;
  private final int[] offsets;

  private MovingReply(byte[] bytes, int[] offsets) {
    this.bytes = bytes;
    this.offsets = offsets;
  }

  /** Any reply, as it was captured. */
  static MovingReply of(List<String> command, byte[] captured) {
    boolean info = command.get(0).equalsIgnoreCase("INFO") && captured[0] == '$';
    return info ? ofInfo(captured) : new MovingReply(captured, new int[0]);
  }

  private static MovingReply ofInfo(byte[] captured) {
    String reply = new String(captured, StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    List<Integer> positions = new ArrayList<>();
    String body = reply.substring(reply.indexOf('\n') + 1, reply.length() - 2);
    for (String line : body.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0 && COUNTERS.contains(line.substring(0, colon))) {
        text.append(line, 0, colon + 1);
        positions.add(text.length());
        text.append(FIRST);
      } else {
        text.append(line);
      }
      text.append("\r\n");
    }
    String head = "$" + text.toString().getBytes(StandardCharsets.UTF_8).length + "\r\n";
    byte[] bytes = (head + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    // INFO of a server without non-ASCII names: characters are bytes.
    return new MovingReply(
        bytes, positions.stream().mapToInt(position -> head.length() + position).toArray());
  }

  /** Appends the reply with its counters moved by this many steps. */
  void write(ByteBuf out, long steps) {
    int start = out.writerIndex();
    out.writeBytes(bytes);
    for (int i = 0; i < offsets.length; i++) {
      long value = FIRST + Math.floorMod(steps * (i + 7L), 8 * FIRST);
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        out.setByte(start + offsets[i] + digit, (byte) ('0' + value % 10));
        value /= 10;
      }
    }
  }
}
