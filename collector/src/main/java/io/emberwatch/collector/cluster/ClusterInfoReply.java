package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.schemas.ClusterInfo;
import org.apache.avro.Schema;

/**
 * The reply to CLUSTER INFO, lines of {@code name:value}. What the schema does not name is left.
 */
public final class ClusterInfoReply {

  private static final Schema SCHEMA = ClusterInfo.getClassSchema();
  private static final int MAX_LINES = 200;
  private static final int MAX_TEXT = 32;

  private ClusterInfoReply() {}

  /** Fields that are missing or unreadable are null. */
  public static ClusterInfo parse(byte[] reply) {
    ClusterInfo info = new ClusterInfo();
    new String(reply, UTF_8).lines().limit(MAX_LINES).forEach(line -> put(line.strip(), info));
    return info;
  }

  private static void put(String line, ClusterInfo info) {
    int colon = line.indexOf(':');
    Schema.Field field = colon < 0 ? null : SCHEMA.getField(line.substring(0, colon));
    if (field == null) {
      return;
    }
    String value = line.substring(colon + 1);
    if (!isNumber(field)) {
      info.put(field.pos(), value.substring(0, Math.min(MAX_TEXT, value.length())));
    } else if (value.matches("\\d{1,18}")) {
      info.put(field.pos(), Long.valueOf(value));
    }
  }

  private static boolean isNumber(Schema.Field field) {
    return field.schema().getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.LONG);
  }
}
