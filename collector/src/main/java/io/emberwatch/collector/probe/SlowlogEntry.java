package io.emberwatch.collector.probe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of SLOWLOG GET, its arguments as the server logged them: not to leave the collector
 * unredacted.
 *
 * @param id 0 or more, rising
 * @param executedAt server's clock, whole seconds
 * @param amount microseconds of execution without waiting; bytes in a log of large commands
 * @param arguments the command first; cut by the server at 32 arguments and 128 bytes each
 * @param clientAddress empty before 4.0
 * @param clientName empty before 4.0 or when not set
 * @param totalArguments of the command, itself included; empty before 8.10
 */
record SlowlogEntry(
    long id,
    Instant executedAt,
    long amount,
    List<byte[]> arguments,
    Optional<String> clientAddress,
    Optional<String> clientName,
    Optional<Long> totalArguments) {

  /** Reads one element of the reply; empty for what is no entry. */
  static Optional<SlowlogEntry> read(@Nullable Object element) {
    if (!(element instanceof List<?> fields)
        || fields.size() < 4
        || !(fields.get(0) instanceof Long id)
        || !(fields.get(1) instanceof Long seconds)
        || !(fields.get(2) instanceof Long amount)
        || !(fields.get(3) instanceof List<?> words)
        || Math.abs(seconds) > Integer.MAX_VALUE * 64L) {
      return Optional.empty();
    }
    List<byte[]> arguments =
        words.stream().filter(byte[].class::isInstance).map(byte[].class::cast).toList();
    return Optional.of(
        new SlowlogEntry(
            id,
            Instant.ofEpochSecond(seconds),
            amount,
            arguments,
            text(fields, 4),
            text(fields, 5),
            fields.size() > 6 && fields.get(6) instanceof Long total
                ? Optional.of(total)
                : Optional.empty()));
  }

  private static Optional<String> text(List<?> fields, int index) {
    return fields.size() > index && fields.get(index) instanceof byte[] bytes && bytes.length > 0
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
