package io.emberwatch.collector.info;

import io.emberwatch.schemas.InstanceSample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Reads an INFO reply: lines {@code name:value} under headings {@code # Section}, of any release of
 * Redis, Valkey and their kin. By name only, never by position.
 *
 * <ul>
 *   <li>A field that the schema knows goes into its section, if its value is of the field's type.
 *   <li>{@code cmdstat_*}, {@code errorstat_*}, {@code latency_percentiles_usec_*}, {@code dbN} and
 *       {@code slaveN} become elements of their arrays.
 *   <li>All else is kept as text in {@code extra}, save {@code *_human}, which repeats a figure.
 * </ul>
 *
 * The first value of a repeated field wins (KeyDB repeats the block of each of its primaries); the
 * second is kept in {@code extra}. Any bytes are accepted: nothing is thrown, and what is kept is
 * bounded. Thread-safe; linear in the reply, about 30 us for 10 KB.
 */
public final class InfoParser {

  /** Fields kept in {@code extra}; the newest servers have some 100 that the schema lacks. */
  public static final int MAX_EXTRA = 512;

  /** Elements of one array; Redis 8 knows some 450 commands with their subcommands. */
  static final int MAX_ELEMENTS = 2048;

  /** Bytes of a line; the longest real ones are histograms of key sizes, below 1 KB. */
  static final int MAX_LINE_BYTES = 4096;

  private static final Schema SAMPLE = InstanceSample.getClassSchema();

  /** What Valkey calls otherwise: its branding since 8.0, expired fields of hashes since 9.0. */
  static final Map<String, String> ALIASES =
      Map.of("server_mode", "redis_mode", "expired_fields", "expired_subkeys");

  static final FieldTable FIELDS = FieldTable.ofSections(SAMPLE, ALIASES, record -> true);

  /** Without the details, but for the server's: it tells engine and version. */
  static final FieldTable CORE_FIELDS =
      FieldTable.ofSections(
          SAMPLE,
          ALIASES,
          record ->
              !record.getName().endsWith("Detail") || record.getName().equals("ServerDetail"));

  /** Headings whose fields the schema holds; under others a known name may mean another thing. */
  static final Set<String> KNOWN_HEADINGS =
      Set.of(
          "server",
          "clients",
          "memory",
          "persistence",
          "stats",
          "replication",
          "cpu",
          "cluster",
          "modules",
          "keyspace",
          "commandstats",
          "errorstats",
          "latencystats",
          "debug",
          "threads",
          "keysizes");

  /** What INFO fills in a sample. */
  static final List<Integer> SECTION_POSITIONS =
      SAMPLE.getFields().stream()
          .filter(field -> KNOWN_HEADINGS.contains(field.name()) || isInfoArray(field.name()))
          .map(Schema.Field::pos)
          .toList();

  private InfoParser() {}

  /** Parses a whole reply, as the server sent it. */
  public static InfoReply parse(byte[] reply) {
    return parse(reply, Look.FULL);
  }

  /** Parses a whole reply as far as it is needed. */
  public static InfoReply parse(byte[] reply, Look look) {
    InfoDraft draft = new InfoDraft(look);
    int start = 0;
    while (start < reply.length) {
      int end = start;
      while (end < reply.length && reply[end] != '\n') {
        end++;
      }
      boolean carriage = end > start && reply[end - 1] == '\r';
      draft.line(reply, start, carriage ? end - 1 : end);
      start = end + 1;
    }
    return draft.finish();
  }

  private static boolean isInfoArray(String name) {
    return Set.of("replicas", "errors", "commands", "latencies", "internals").contains(name);
  }
}
