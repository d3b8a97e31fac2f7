package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.ReplyFields;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What HOTKEYS GET said. Takes anything: what is neither nil nor a session is {@link Unreadable}.
 * Pure.
 */
sealed interface HotKeysReading {

  /** HOTKEYS START takes no higher COUNT, so no server tells more keys. */
  int MAX_KEYS = 64;

  /** The server keeps no session, neither one under way nor the figures of one that ended. */
  record None() implements HotKeysReading {}

  /** The reply is none that is documented. */
  record Unreadable() implements HotKeysReading {}

  /**
   * A session, under way or ended.
   *
   * @param active whether it is under way
   * @param sampleRatio 1 or more: each command was looked at with a probability of one in this
   * @param startedMillis when it began, by the server's clock, epoch milliseconds
   * @param durationMillis how long it has gone on, or went on
   * @param cpuMicros CPU time of all commands with keys
   * @param netBytes bytes that all commands with keys received and sent
   * @param cpuMicrosByKey of the commands looked at, most first; at most {@value #MAX_KEYS}
   * @param netBytesByKey of the commands looked at, most first; at most {@value #MAX_KEYS}
   */
  record Session(
      boolean active,
      long sampleRatio,
      long startedMillis,
      OptionalLong durationMillis,
      OptionalLong cpuMicros,
      OptionalLong netBytes,
      Map<ByteBuffer, Long> cpuMicrosByKey,
      Map<ByteBuffer, Long> netBytesByKey)
      implements HotKeysReading {}

  /** The end of the year 9999: what is beyond is no time of a server's, and fits no record. */
  long MAX_MILLIS = 253_402_300_799_999L;

  /** Reads the elements of the reply; names and values in turn, alone or as those of one node. */
  static HotKeysReading of(List<?> reply) {
    if (reply.stream().allMatch(Objects::isNull)) {
      return new None();
    }
    ReplyFields fields = ReplyFields.of(reply.get(0) instanceof List<?> node ? node : reply);
    OptionalLong active = number(fields, "tracking-active", 1);
    OptionalLong ratio = number(fields, "sample-ratio", Integer.MAX_VALUE);
    OptionalLong started = number(fields, "collection-start-time-unix-ms", MAX_MILLIS);
    if (active.isEmpty() || started.isEmpty() || ratio.orElse(0) == 0) {
      return new Unreadable();
    }
    return new Session(
        active.getAsLong() == 1,
        ratio.getAsLong(),
        started.getAsLong(),
        number(fields, "collection-duration-ms", MAX_MILLIS),
        number(fields, "all-commands-all-slots-us", Long.MAX_VALUE),
        number(fields, "net-bytes-all-commands-all-slots", Long.MAX_VALUE),
        amounts(fields.list("by-cpu-time-us")),
        amounts(fields.list("by-net-bytes")));
  }

  private static OptionalLong number(ReplyFields fields, String name, long most) {
    @Nullable Long number = fields.number(name);
    return number == null || number < 0 || number > most
        ? OptionalLong.empty()
        : OptionalLong.of(number);
  }

  private static Map<ByteBuffer, Long> amounts(List<?> namesAndAmounts) {
    Map<ByteBuffer, Long> amounts = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndAmounts.size() && amounts.size() < MAX_KEYS; i += 2) {
      if (namesAndAmounts.get(i) instanceof byte[] name
          && namesAndAmounts.get(i + 1) instanceof Long amount
          && amount >= 0) {
        amounts.putIfAbsent(ByteBuffer.wrap(name).asReadOnlyBuffer(), amount);
      }
    }
    return Collections.unmodifiableMap(amounts);
  }
}
