package io.emberwatch.collector.latency;

import io.emberwatch.schemas.LatencyEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** LATENCY LATEST: a list of event, epoch seconds, latest and longest milliseconds. Pure. */
public final class LatencyEvents {

  /** Redis knows some twenty. */
  private static final int MAX_EVENTS = 128;

  private static final int MAX_NAME = 64;
  private static final long MAX_SECONDS = 1L << 40;

  private LatencyEvents() {}

  /** The events of a reply, in its order; what is no event is passed over. */
  public static List<LatencyEvent> read(List<?> reply) {
    return reply.stream().flatMap(entry -> event(entry).stream()).limit(MAX_EVENTS).toList();
  }

  private static Optional<LatencyEvent> event(Object entry) {
    if (entry instanceof List<?> parts
        && parts.size() >= 4
        && parts.get(0) instanceof byte[] name
        && name.length <= MAX_NAME
        && Stream.of(1, 2, 3).allMatch(i -> parts.get(i) instanceof Long)
        && Math.abs((Long) parts.get(1)) < MAX_SECONDS) {
      return Optional.of(
          new LatencyEvent(
              new String(name, StandardCharsets.UTF_8),
              Instant.ofEpochSecond((Long) parts.get(1)),
              (Long) parts.get(2),
              (Long) parts.get(3)));
    }
    return Optional.empty();
  }
}
