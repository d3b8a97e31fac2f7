package io.emberwatch.collector.census;

import static io.emberwatch.collector.census.ScriptedRedis.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * HOTKEYS as the documentation of Redis 8.6 describes it, with the replies and errors that the
 * documentation and Redis's own tests show, byte for byte, as RESP2. No Redis 8.6 was at hand: what
 * is tested with it is tested on documented replies only. Its clock stands until it is advanced.
 */
final class DocumentedHotKeys {

  static final String NIL = "$-1\r\n";
  static final String OK = "+OK\r\n";
  private static final String ALREADY = "-ERR hotkey tracking session already in progress\r\n";
  private static final String STOP_FIRST =
      "-ERR hotkey tracking session in progress, stop tracking first\r\n";
  private static final long EPOCH_MILLIS = 1_770_824_933_147L;

  private final AtomicLong nowMillis = new AtomicLong(EPOCH_MILLIS);
  private @Nullable Session session;

  private record Session(long startMillis, long durationMillis, String ratio, boolean stopped) {}

  /** Lets time pass. */
  void advance(long millis) {
    nowMillis.addAndGet(millis);
  }

  long nowMillis() {
    return nowMillis.get();
  }

  /** Whether there is a session, or what is left of one. */
  synchronized boolean hasSession() {
    return session != null;
  }

  synchronized boolean isActive() {
    return isActive(session);
  }

  /** The reply to HOTKEYS with these words behind it. */
  synchronized String answer(List<String> words) {
    return switch (words.get(0).toUpperCase(Locale.ROOT)) {
      case "START" -> start(words);
      case "GET" -> session == null ? NIL : get(session);
      case "STOP" -> stop();
      case "RESET" -> reset();
      default -> "-ERR unknown subcommand or wrong number of arguments\r\n";
    };
  }

  private boolean isActive(@Nullable Session one) {
    return one != null && !one.stopped && nowMillis.get() - one.startMillis < one.durationMillis;
  }

  private String start(List<String> words) {
    if (isActive(session)) {
      return ALREADY;
    }
    session =
        new Session(
            nowMillis.get(),
            words.contains("DURATION")
                ? Long.parseLong(words.get(words.indexOf("DURATION") + 1)) * 1000
                : Long.MAX_VALUE,
            words.contains("SAMPLE") ? words.get(words.indexOf("SAMPLE") + 1) : "1",
            false);
    return OK;
  }

  private String stop() {
    Session last = session;
    if (!isActive(last) || last == null) {
      return NIL;
    }
    session = new Session(last.startMillis, nowMillis.get() - last.startMillis, last.ratio, true);
    return OK;
  }

  private String reset() {
    if (isActive(session)) {
      return STOP_FIRST;
    }
    session = null;
    return OK;
  }

  private String get(Session told) {
    long elapsed = Math.min(told.durationMillis, nowMillis.get() - told.startMillis);
    return reply(isActive(told), told.ratio, told.startMillis, elapsed);
  }

  /** The documented example; its figures are those of Redis's documentation. */
  static String reply(boolean active, String ratio, long startMillis, long durationMillis) {
    List<String> parts = new ArrayList<>();
    field(parts, "tracking-active", active ? ":1\r\n" : ":0\r\n");
    field(parts, "sample-ratio", number(ratio));
    field(parts, "selected-slots", "*1\r\n*2\r\n:0\r\n:16383\r\n");
    field(parts, "all-commands-all-slots-us", number("103"));
    field(parts, "net-bytes-all-commands-all-slots", number("2042"));
    field(parts, "collection-start-time-unix-ms", number(Long.toString(startMillis)));
    field(parts, "collection-duration-ms", number(Long.toString(durationMillis)));
    field(parts, "total-cpu-time-user-ms", number("23"));
    field(parts, "total-cpu-time-sys-ms", number("7"));
    field(parts, "total-net-bytes", number("2038"));
    field(
        parts,
        "by-cpu-time-us",
        "*4\r\n" + bulk("hotkey:001:counter") + number("29") + bulk("hotkey:001") + number("25"));
    field(
        parts,
        "by-net-bytes",
        "*4\r\n" + bulk("hotkey:001") + number("446") + bulk("hotkey:002") + number("328"));
    return "*1\r\n*" + parts.size() + "\r\n" + String.join("", parts);
  }

  private static void field(List<String> parts, String name, String value) {
    parts.add(bulk(name));
    parts.add(value);
  }

  private static String number(String digits) {
    return ":" + digits + "\r\n";
  }
}
