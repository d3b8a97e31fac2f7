package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.DbOverhead;
import io.emberwatch.schemas.MemoryStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The reply of MEMORY STATS: names and values in turn, those of a database nested. By name: what
 * the schema does not know is kept in {@code extra}. Takes anything, and keeps a bounded part.
 * Pure.
 */
final class MemoryStatsReading {

  static final int MAX_DATABASES = 256;
  static final int MAX_EXTRA = 64;

  /** Real names have up to 33 bytes. */
  private static final int MAX_NAME_BYTES = 64;

  private static final Pattern DATABASE = Pattern.compile("db\\.(\\d{1,9})");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,30})?");
  private static final Map<String, Schema.Field> FIELDS = fields();

  private final MemoryStats stats = new MemoryStats();
  private final List<DbOverhead> databases = new ArrayList<>();
  private final Map<String, Double> extra = new HashMap<>();

  private MemoryStatsReading() {}

  static MemoryStats read(List<Object> reply) {
    MemoryStatsReading reading = new MemoryStatsReading();
    for (int i = 0; i + 1 < reply.size(); i += 2) {
      if (reply.get(i) instanceof byte[] name && name.length <= MAX_NAME_BYTES) {
        reading.take(new String(name, UTF_8), reply.get(i + 1));
      }
    }
    reading.stats.setDatabases(reading.databases.isEmpty() ? null : reading.databases);
    reading.stats.setExtra(reading.extra.isEmpty() ? null : reading.extra);
    return reading.stats;
  }

  private void take(String name, @Nullable Object value) {
    Matcher database = DATABASE.matcher(name);
    if (database.matches()) {
      takeDatabase(Integer.parseInt(database.group(1)), value);
      return;
    }
    Schema.Field field = FIELDS.get(name.replace('.', '_').replace('-', '_'));
    Double number = number(value);
    if (number == null) {
      return;
    }
    if (field != null) {
      boolean whole = field.schema().getTypes().get(1).getType() == Schema.Type.LONG;
      stats.put(field.pos(), whole ? whole(value, number) : (Object) number);
    } else if (extra.size() < MAX_EXTRA) {
      extra.put(name, number);
    }
  }

  private void takeDatabase(int number, @Nullable Object value) {
    if (databases.size() < MAX_DATABASES) {
      ReplyFields fields = ReplyFields.of(value);
      databases.add(
          new DbOverhead(
              number,
              fields.number("overhead.hashtable.main"),
              fields.number("overhead.hashtable.expires"),
              fields.number("overhead.hashtable.slot-to-keys")));
    }
  }

  /** A double holds whole numbers up to 2^53 only. */
  private static Long whole(@Nullable Object value, Double number) {
    return value instanceof Long exact ? exact : Long.valueOf(number.longValue());
  }

  private static @Nullable Double number(@Nullable Object value) {
    if (value instanceof Long whole) {
      return whole.doubleValue();
    }
    String text =
        value instanceof byte[] bytes && bytes.length <= 50 ? new String(bytes, UTF_8) : "";
    return DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
  }

  private static Map<String, Schema.Field> fields() {
    Map<String, Schema.Field> fields = new HashMap<>();
    for (Schema.Field field : MemoryStats.getClassSchema().getFields()) {
      Schema.Type type = field.schema().getTypes().get(1).getType();
      if (type == Schema.Type.LONG || type == Schema.Type.DOUBLE) {
        fields.put(field.name(), field);
      }
    }
    return Map.copyOf(fields);
  }
}
