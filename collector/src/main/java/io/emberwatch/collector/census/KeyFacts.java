package io.emberwatch.collector.census;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says of one key.
 *
 * @param type as TYPE names it, at most 64 characters
 * @param memoryBytes 0 or more
 * @param ttlMillis empty without an expiry
 * @param encoding empty when not told
 * @param idleSeconds OBJECT IDLETIME; empty when the server evicts by frequency
 * @param frequency OBJECT FREQ; empty when it does not
 */
record KeyFacts(
    String type,
    long memoryBytes,
    OptionalLong ttlMillis,
    Optional<String> encoding,
    OptionalLong idleSeconds,
    OptionalLong frequency) {

  private static final int MAX_NAME = 64;

  /** Answers for one key, in the order TYPE, PTTL, MEMORY, ENCODING, USE. */
  static final int ANSWERS = 5;

  private static final int TYPE = 0;
  private static final int PTTL = 1;
  private static final int MEMORY = 2;
  private static final int ENCODING = 3;
  private static final int USE = 4;

  /**
   * Reads the answers for one key, in the order of {@link #ANSWERS}; each is a byte[], a Long, or
   * empty for nil and for what was refused.
   *
   * @param byFrequency whether the last is a frequency
   * @return empty for a key that is gone, or of which nothing can be read
   */
  static Optional<KeyFacts> read(List<Optional<Object>> answers, boolean byFrequency) {
    Optional<String> type = text(answers.get(TYPE));
    OptionalLong memory = number(answers.get(MEMORY));
    if (type.isEmpty() || type.get().equals("none") || memory.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong ttl = number(answers.get(PTTL));
    OptionalLong use = number(answers.get(USE));
    return Optional.of(
        new KeyFacts(
            type.get(),
            memory.getAsLong(),
            ttl,
            text(answers.get(ENCODING)),
            byFrequency ? OptionalLong.empty() : use,
            byFrequency ? use : OptionalLong.empty()));
  }

  /** Negative numbers stand for the absence of something: PTTL -1. */
  private static OptionalLong number(Optional<Object> answer) {
    return answer.isPresent() && answer.get() instanceof Long number && number >= 0
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  private static Optional<String> text(Optional<Object> answer) {
    return answer
        .filter(byte[].class::isInstance)
        .map(byte[].class::cast)
        .map(bytes -> new String(bytes, 0, Math.min(bytes.length, MAX_NAME), UTF_8));
  }
}
