package io.emberwatch.collector.info;

import io.emberwatch.schemas.CommandLatency;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.ErrorStats;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.InternalsSection;
import io.emberwatch.schemas.IoThreadStats;
import io.emberwatch.schemas.KeySizes;
import io.emberwatch.schemas.LatencyPercentile;
import io.emberwatch.schemas.RandomId;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.ReplicaState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A decoded sample as the lines that INFO had: {@code name} or {@code line.key} to text. Written
 * apart from the parser, so that a fault in one shows against the other.
 */
public final class FlatSample {

  private final Map<String, String> values = new TreeMap<>();

  private FlatSample() {}

  /** The lines of one sample. */
  public static Map<String, String> of(InstanceSample sample) {
    FlatSample flat = new FlatSample();
    flat.role(sample);
    for (Schema.Field field : sample.getSchema().getFields()) {
      if (sample.get(field.pos()) instanceof IndexedRecord section) {
        flat.section(section);
      }
    }
    for (CommandStats command : orEmpty(sample.getCommands())) {
      flat.element("cmdstat_" + command.getCommand(), command, "command");
    }
    for (DbStats db : orEmpty(sample.getKeyspace())) {
      flat.element("db" + db.getDb(), db, "db");
    }
    for (ReplicaLink replica : orEmpty(sample.getReplicas())) {
      flat.element("slave" + replica.getIndex(), replica, "index");
    }
    for (ErrorStats error : orEmpty(sample.getErrors())) {
      flat.values.put("errorstat_" + error.getPrefix() + ".count", "" + error.getCount());
    }
    if (sample.getInternals() != null) {
      flat.internals(sample.getInternals());
    }
    for (CommandLatency latency : orEmpty(sample.getLatencies())) {
      flat.latency(latency);
    }
    if (sample.getExtra() != null) {
      sample.getExtra().forEach(flat.values::put);
    }
    return flat.values;
  }

  private void internals(InternalsSection internals) {
    for (IoThreadStats thread : orEmpty(internals.getThreads())) {
      element("io_thread_" + thread.getIndex(), thread, "index");
    }
    for (KeySizes sizes : orEmpty(internals.getKeySizes())) {
      List<String> buckets = new ArrayList<>();
      for (int i = 0; i < sizes.getBounds().size(); i++) {
        long bound = sizes.getBounds().get(i);
        String text = bound < 1024 ? "" + bound : bound / 1024 + "K";
        buckets.add(text + "=" + sizes.getCounts().get(i));
      }
      values.put(
          "db" + sizes.getDb() + "_distrib_" + sizes.getMeasure(), String.join(",", buckets));
    }
  }

  private void section(IndexedRecord section) {
    for (Schema.Field field : section.getSchema().getFields()) {
      Object value = section.get(field.pos());
      if (value instanceof IndexedRecord nested) {
        section(nested);
      } else if (value != null && !(value instanceof List)) {
        String name = field.getProp("info");
        values.put(name == null ? field.name() : name, text(field, value));
      }
    }
  }

  /** A sentinel has no role line. */
  private void role(InstanceSample sample) {
    switch (sample.getRole()) {
      case PRIMARY -> values.put("role", "master");
      case REPLICA -> values.put("role", "slave");
      case SENTINEL, UNKNOWN -> {}
    }
  }

  private void element(String line, IndexedRecord element, String key) {
    for (Schema.Field field : element.getSchema().getFields()) {
      Object value = element.get(field.pos());
      if (value != null && !field.name().equals(key)) {
        values.put(line + "." + field.name(), text(field, value));
      }
    }
  }

  private void latency(CommandLatency latency) {
    for (LatencyPercentile percentile : latency.getPercentiles()) {
      String key = "p" + String.valueOf(percentile.getPercentile()).replaceAll("\\.0$", "");
      values.put(
          "latency_percentiles_usec_" + latency.getCommand() + "." + key,
          String.valueOf(percentile.getUsec()));
    }
  }

  /** As INFO writes it. */
  private static String text(Schema.Field field, Object value) {
    if (value instanceof Boolean flag) {
      String name = String.valueOf(field.getProp("info"));
      if (name.equals("master_link_status")) {
        return flag ? "up" : "down";
      }
      return name.endsWith("_status") ? flag ? "ok" : "err" : flag ? "1" : "0";
    }
    if (value instanceof Enum<?> word) {
      String text = word.name().toLowerCase(Locale.ROOT);
      return word instanceof ReplicaState ? text : text.replace('_', '-');
    }
    if (value instanceof RandomId id) {
      return HexFormat.of().formatHex(id.bytes());
    }
    if (field.name().endsWith("_hundredths")) {
      return BigDecimal.valueOf((Long) value, 2).toPlainString();
    }
    return field.name().endsWith("_micros")
        ? BigDecimal.valueOf((Long) value, 6).toPlainString()
        : value.toString();
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
