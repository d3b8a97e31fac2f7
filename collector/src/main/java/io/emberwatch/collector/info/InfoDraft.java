package io.emberwatch.collector.info;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ServerDetail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An INFO reply while its lines are being read. */
final class InfoDraft {

  private static final byte[] HUMAN = "_human".getBytes(UTF_8);

  private final InstanceSample sections = new InstanceSample();
  private final Map<String, String> extra = new HashMap<>();
  private final StatLines stats = new StatLines(sections, this::keepPair);
  private final Look look;
  private final FieldTable fields;
  private String heading = "server";
  private boolean known = true;
  private boolean keyDb;
  private int dropped;

  InfoDraft(Look look) {
    this.look = look;
    this.fields = look == Look.FULL ? InfoParser.FIELDS : InfoParser.CORE_FIELDS;
  }

  /** Takes one line without its end; an empty one says nothing. */
  void line(byte[] text, int from, int to) {
    if (from >= to) {
      return;
    }
    if (text[from] == '#') {
      heading(text, from, to);
      return;
    }
    int colon = indexOf(text, from, Math.min(to, from + InfoParser.MAX_LINE_BYTES), ':');
    if (colon <= from || to - from > InfoParser.MAX_LINE_BYTES) {
      dropped++;
      return;
    }
    field(text, from, colon, to);
  }

  InfoReply finish() {
    return new InfoReply(sections, look, extra, engine(), dropped);
  }

  private void heading(byte[] text, int from, int to) {
    int end = Math.min(to, from + 64);
    heading = new String(text, from + 1, end - from - 1, UTF_8).strip().toLowerCase(Locale.ROOT);
    known = InfoParser.KNOWN_HEADINGS.contains(heading);
    keyDb |= heading.equals("keydb");
    switch (heading) {
      case "keyspace" -> sections.setKeyspace(orNew(sections.getKeyspace()));
      case "replication" -> sections.setReplicas(orNew(sections.getReplicas()));
      case "errorstats" -> sections.setErrors(orNew(sections.getErrors()));
      case "commandstats" -> sections.setCommands(orNew(sections.getCommands()));
      case "latencystats" -> sections.setLatencies(orNew(sections.getLatencies()));
      default -> {}
    }
  }

  private void field(byte[] text, int from, int colon, int to) {
    Slot slot = fields.find(text, from, colon);
    if (!known) {
      foreign(slot, text, from, colon, to);
    } else if (slot != null) {
      Object value = slot.format().parse(text, colon + 1, to);
      if (value == null || !slot.put(sections, value)) {
        keep(text, from, colon, to);
      }
    } else if (!repeatsFigure(text, from, colon) && !stats.accept(text, from, colon, to)) {
      keep(text, from, colon, to);
    }
  }

  /**
   * A known name under a heading that is not ours means another thing, unless the schema names it
   * with the heading.
   */
  private void foreign(@Nullable Slot slot, byte[] text, int from, int colon, int to) {
    if (look == Look.CORE) {
      return;
    }
    String name = name(text, from, colon);
    byte[] qualified = (heading + "." + name).getBytes(UTF_8);
    Slot own = fields.find(qualified, 0, qualified.length);
    Object value = own == null ? null : own.format().parse(text, colon + 1, to);
    if (own == null || value == null || !own.put(sections, value)) {
      boolean apart = slot != null || own != null;
      keepPair(apart ? heading + "." + name : name, value(text, colon, to));
    }
  }

  private void keep(byte[] text, int from, int colon, int to) {
    if (look == Look.FULL) {
      unknown(name(text, from, colon), value(text, colon, to));
    }
  }

  /** Every module has a line of the same name. */
  private void unknown(String name, String value) {
    if (name.equals("module") && value.startsWith("name=")) {
      int comma = value.indexOf(',');
      keepPair(
          "module." + value.substring("name=".length(), comma < 0 ? value.length() : comma), value);
    } else {
      keepPair(name, value);
    }
  }

  private void keepPair(String name, String value) {
    if (look == Look.CORE) {
      return;
    }
    if (extra.size() >= InfoParser.MAX_EXTRA || extra.putIfAbsent(name, value) != null) {
      dropped++;
    }
  }

  /** Whether the field is {@code X_human} of a field X that the schema has. */
  private static boolean repeatsFigure(byte[] text, int from, int colon) {
    int base = colon - HUMAN.length;
    return base > from
        && Arrays.equals(text, base, colon, HUMAN, 0, HUMAN.length)
        && InfoParser.FIELDS.find(text, from, base) != null;
  }

  private Engine engine() {
    ServerDetail server = sections.getServer() == null ? null : sections.getServer().getDetail();
    if (server == null) {
      return Engine.UNKNOWN;
    }
    if (server.getValkeyVersion() != null || "valkey".equals(server.getServerName())) {
      return Engine.VALKEY;
    }
    if (server.getDragonflyVersion() != null) {
      return Engine.DRAGONFLY;
    }
    if (keyDb) {
      return Engine.KEYDB;
    }
    return server.getRedisVersion() == null ? Engine.UNKNOWN : Engine.REDIS;
  }

  private static String name(byte[] text, int from, int colon) {
    return new String(text, from, colon - from, UTF_8);
  }

  private static String value(byte[] text, int colon, int to) {
    return new String(text, colon + 1, to - colon - 1, UTF_8);
  }

  private static <T> List<T> orNew(@Nullable List<T> list) {
    return list == null ? new ArrayList<>() : list;
  }

  static int indexOf(byte[] text, int from, int to, char sought) {
    for (int i = from; i < to; i++) {
      if (text[i] == sought) {
        return i;
      }
    }
    return -1;
  }
}
