package io.emberwatch.collector.info;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.schemas.CommandLatency;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.ErrorStats;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.InternalsSection;
import io.emberwatch.schemas.IoThreadStats;
import io.emberwatch.schemas.KeySizes;
import io.emberwatch.schemas.LatencyPercentile;
import io.emberwatch.schemas.ReplicaLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** The lines of INFO that are an element of an array: {@code name:key=value,key=value}. */
final class StatLines {

  private static final FieldTable COMMAND = FieldTable.ofLine(CommandStats.getClassSchema());
  private static final FieldTable DB = FieldTable.ofLine(DbStats.getClassSchema());
  private static final FieldTable THREAD = FieldTable.ofLine(IoThreadStats.getClassSchema());
  private static final FieldTable REPLICA = FieldTable.ofLine(ReplicaLink.getClassSchema());

  private static final byte[] COMMAND_PREFIX = "cmdstat_".getBytes(UTF_8);
  private static final byte[] ERROR_PREFIX = "errorstat_".getBytes(UTF_8);
  private static final byte[] LATENCY_PREFIX = "latency_percentiles_usec_".getBytes(UTF_8);
  private static final byte[] DB_PREFIX = "db".getBytes(UTF_8);
  private static final byte[] REPLICA_PREFIX = "slave".getBytes(UTF_8);
  private static final byte[] THREAD_PREFIX = "io_thread_".getBytes(UTF_8);
  private static final byte[] COUNT = "count=".getBytes(UTF_8);

  private final InstanceSample sections;
  private final BiConsumer<String, String> keep;

  /**
   * @param sections gets the elements
   * @param keep gets what an element has no field for, by {@code line.key}
   */
  StatLines(InstanceSample sections, BiConsumer<String, String> keep) {
    this.sections = sections;
    this.keep = keep;
  }

  /** Takes a line if it is an element of an array and the array has room. */
  boolean accept(byte[] text, int from, int colon, int to) {
    if (startsWith(text, from, colon, COMMAND_PREFIX)) {
      return command(text, from, colon, to);
    }
    if (startsWith(text, from, colon, ERROR_PREFIX)) {
      return error(text, from, colon, to);
    }
    if (startsWith(text, from, colon, LATENCY_PREFIX)) {
      return latency(text, from, colon, to);
    }
    if (startsWith(text, from, colon, DB_PREFIX)) {
      return db(text, from, colon, to) || keySizes(text, from, colon, to);
    }
    if (startsWith(text, from, colon, THREAD_PREFIX)) {
      return thread(text, from, colon, to);
    }
    return startsWith(text, from, colon, REPLICA_PREFIX) && replica(text, from, colon, to);
  }

  private boolean command(byte[] text, int from, int colon, int to) {
    List<CommandStats> commands = room(sections.getCommands());
    if (commands == null || !isPairs(text, colon + 1, to)) {
      return false;
    }
    CommandStats command = new CommandStats();
    command.setCommand(rest(text, from, COMMAND_PREFIX, colon));
    fill(COMMAND, command, text, from, colon, to);
    sections.setCommands(with(commands, command));
    return true;
  }

  private boolean db(byte[] text, int from, int colon, int to) {
    List<DbStats> databases = room(sections.getKeyspace());
    int number = Numbers.parseIndex(text, from + DB_PREFIX.length, colon);
    if (databases == null || number < 0 || !isPairs(text, colon + 1, to)) {
      return false;
    }
    DbStats database = new DbStats();
    database.setDb(number);
    fill(DB, database, text, from, colon, to);
    sections.setKeyspace(with(databases, database));
    return true;
  }

  private boolean replica(byte[] text, int from, int colon, int to) {
    List<ReplicaLink> replicas = room(sections.getReplicas());
    int index = Numbers.parseIndex(text, from + REPLICA_PREFIX.length, colon);
    if (replicas == null || index < 0 || !isPairs(text, colon + 1, to)) {
      return false;
    }
    ReplicaLink replica = new ReplicaLink();
    replica.setIndex(index);
    fill(REPLICA, replica, text, from, colon, to);
    sections.setReplicas(with(replicas, replica));
    return true;
  }

  private boolean thread(byte[] text, int from, int colon, int to) {
    List<IoThreadStats> threads = room(internals().getThreads());
    int index = Numbers.parseIndex(text, from + THREAD_PREFIX.length, colon);
    if (threads == null || index < 0 || !isPairs(text, colon + 1, to)) {
      return false;
    }
    IoThreadStats thread = new IoThreadStats();
    thread.setIndex(index);
    fill(THREAD, thread, text, from, colon, to);
    internals().setThreads(with(threads, thread));
    return true;
  }

  private boolean keySizes(byte[] text, int from, int colon, int to) {
    KeySizes sizes = KeySizeLine.read(string(text, from, colon), string(text, colon + 1, to));
    List<KeySizes> all = sizes == null ? null : room(internals().getKeySizes());
    if (sizes == null || all == null) {
      return false;
    }
    internals().setKeySizes(with(all, sizes));
    return true;
  }

  private InternalsSection internals() {
    InternalsSection there = sections.getInternals();
    if (there == null) {
      there = new InternalsSection();
      sections.setInternals(there);
    }
    return there;
  }

  private boolean error(byte[] text, int from, int colon, int to) {
    List<ErrorStats> errors = room(sections.getErrors());
    if (errors == null || !startsWith(text, colon + 1, to, COUNT)) {
      return false;
    }
    Long count = Numbers.parseLong(text, colon + 1 + COUNT.length, to);
    if (count == null) {
      return false;
    }
    sections.setErrors(with(errors, new ErrorStats(rest(text, from, ERROR_PREFIX, colon), count)));
    return true;
  }

  private boolean latency(byte[] text, int from, int colon, int to) {
    List<CommandLatency> latencies = room(sections.getLatencies());
    List<LatencyPercentile> percentiles = new ArrayList<>();
    if (latencies == null || !percentiles(text, colon + 1, to, percentiles)) {
      return false;
    }
    String command = rest(text, from, LATENCY_PREFIX, colon);
    sections.setLatencies(with(latencies, new CommandLatency(command, percentiles)));
    return true;
  }

  /** Reads {@code p50=1.003,p99=5.023}; false when any part is something else. */
  private static boolean percentiles(
      byte[] text, int from, int to, List<LatencyPercentile> percentiles) {
    int start = from;
    while (start < to) {
      int end = endOfPair(text, start, to);
      int equals = InfoDraft.indexOf(text, start, end, '=');
      if (equals < 0 || text[start] != 'p') {
        return false;
      }
      Double percentile = Numbers.parseDouble(text, start + 1, equals);
      Double usec = Numbers.parseDouble(text, equals + 1, end);
      if (percentile == null || usec == null) {
        return false;
      }
      percentiles.add(new LatencyPercentile(percentile, usec));
      start = end + 1;
    }
    return !percentiles.isEmpty();
  }

  private void fill(
      FieldTable table, SpecificRecordBase element, byte[] text, int from, int colon, int to) {
    int start = colon + 1;
    while (start < to) {
      int end = endOfPair(text, start, to);
      int equals = InfoDraft.indexOf(text, start, end, '=');
      Slot slot = equals < 0 ? null : table.find(text, start, equals);
      Object value = slot == null ? null : slot.format().parse(text, equals + 1, end);
      if (slot == null || value == null || !slot.put(element, value)) {
        int split = equals < 0 ? end : equals;
        keep.accept(
            string(text, from, colon) + "." + string(text, start, split),
            equals < 0 ? "" : string(text, equals + 1, end));
      }
      start = end + 1;
    }
  }

  private static int endOfPair(byte[] text, int from, int to) {
    int comma = InfoDraft.indexOf(text, from, to, ',');
    return comma < 0 ? to : comma;
  }

  private static boolean isPairs(byte[] text, int from, int to) {
    return InfoDraft.indexOf(text, from, to, '=') > from;
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
    int end = from + prefix.length;
    return end <= to && Arrays.equals(text, from, end, prefix, 0, prefix.length);
  }

  /** An empty list for none yet; null when the list is full. */
  private static <T> @Nullable List<T> room(@Nullable List<T> list) {
    if (list == null) {
      return new ArrayList<>();
    }
    return list.size() < InfoParser.MAX_ELEMENTS ? list : null;
  }

  private static <T> List<T> with(List<T> list, T element) {
    list.add(element);
    return list;
  }

  private static String rest(byte[] text, int from, byte[] prefix, int to) {
    return string(text, from + prefix.length, to);
  }

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, UTF_8);
  }
}
