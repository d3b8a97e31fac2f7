package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Replies of a cluster's nodes for tests. */
public final class Views {

  private Views() {}

  /** An id that begins with this letter or digit. */
  public static String id(char first) {
    return first + "0".repeat(39);
  }

  /** Lines of CLUSTER NODES. */
  public static List<ClusterNode> nodes(String... lines) {
    return NodesReply.parse(String.join("\n", lines).getBytes(UTF_8));
  }

  /** A primary that serves these slots, such as {@code 0-99}; none with an empty text. */
  public static String primary(char id, String slots) {
    return "%s 10.0.0.%d:6379@16379 master - 0 0 1 connected %s".formatted(id(id), (int) id, slots);
  }

  /** A primary that the majority holds for dead, without slots. */
  public static String lost(char id) {
    return "%s 10.0.0.%d:6379@16379 master,fail - 0 0 1 disconnected".formatted(id(id), (int) id);
  }

  /** A replica. */
  public static String replica(char id, char primary) {
    return "%s 10.0.0.%d:6379@16379 slave %s 0 0 1 connected"
        .formatted(id(id), (int) id, id(primary));
  }

  /** A map as RESP2 sends it; texts become bytes. */
  public static List<Object> map(Object... namesAndValues) {
    List<Object> list = new ArrayList<>();
    for (Object item : namesAndValues) {
      list.add(item instanceof String text ? text.getBytes(UTF_8) : item);
    }
    return list;
  }
}
