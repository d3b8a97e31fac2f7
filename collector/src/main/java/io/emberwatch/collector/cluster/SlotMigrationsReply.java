package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.SlotMigration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reply to CLUSTER GETSLOTMIGRATIONS (Valkey 9.0). */
public final class SlotMigrationsReply {

  /** Valkey keeps 32 that ended, unless told otherwise. */
  static final int MAX_MIGRATIONS = 64;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  private SlotMigrationsReply() {}

  /** The migrations, the latest first; elements that are none are left out. */
  public static List<SlotMigration> parse(List<Object> reply) {
    return reply.stream()
        .map(ReplyFields::of)
        .map(SlotMigrationsReply::migration)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(SlotMigrationsReply::begun).reversed())
        .limit(MAX_MIGRATIONS)
        .toList();
  }

  private static @Nullable SlotMigration migration(ReplyFields fields) {
    String operation = fields.text("operation");
    if (operation == null) {
      return null;
    }
    String name = fields.text("name");
    SlotMigration migration = new SlotMigration();
    // The command's reference says name, its reply schema link_name.
    migration.setName(name == null ? fields.text("link_name") : name);
    migration.setOperation(operation.toLowerCase(Locale.ROOT));
    migration.setSlots(slots(fields.bytes("slot_ranges")));
    migration.setSourceNode(fields.text("source_node"));
    migration.setTargetNode(fields.text("target_node"));
    migration.setState(fields.text("state"));
    migration.setCreateTimeSeconds(fields.number("create_time"));
    migration.setLastUpdateTimeSeconds(fields.number("last_update_time"));
    migration.setCowBytes(fields.number("cow_size"));
    String message = fields.text("message");
    migration.setMessage(message == null || message.isEmpty() ? null : message);
    return migration;
  }

  private static long begun(SlotMigration migration) {
    Long created = migration.getCreateTimeSeconds();
    return created == null ? 0 : created;
  }

  /** Ranges such as {@code 0-9 20-29}. */
  private static int slots(byte @Nullable [] ranges) {
    int slots = 0;
    Matcher range = RANGE.matcher(ranges == null ? "" : new String(ranges, US_ASCII));
    while (range.find()) {
      int size = Integer.parseInt(range.group(2)) - Integer.parseInt(range.group(1)) + 1;
      slots += Math.max(0, size);
    }
    return Math.min(slots, SlotRange.SLOTS);
  }
}
