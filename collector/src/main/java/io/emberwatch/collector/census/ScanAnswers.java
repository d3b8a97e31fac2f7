package io.emberwatch.collector.census;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.connect.Question;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The commands of a census, sent together and answered one by one. */
final class ScanAnswers {

  private static final Map<String, CommandType> LENGTHS =
      Map.of(
          "string", CommandType.STRLEN,
          "list", CommandType.LLEN,
          "set", CommandType.SCARD,
          "zset", CommandType.ZCARD,
          "hash", CommandType.HLEN,
          "stream", CommandType.XLEN);

  private static final byte[] USAGE = bytes("USAGE");
  private static final byte[] ENCODING = bytes("ENCODING");

  /** Five samples are what MEMORY USAGE takes unless told; it is told, lest that changes. */
  private static final byte[] SAMPLES = bytes("SAMPLES");

  private static final byte[] SAMPLE_COUNT = bytes("5");

  private final List<CompletableFuture<ProbeOutcome<Optional<Object>>>> asked;

  private ScanAnswers(List<CompletableFuture<ProbeOutcome<Optional<Object>>>> asked) {
    this.asked = asked;
  }

  /** Asks what {@link KeyFacts} holds of each key, in one write. Nothing marks a key as used. */
  static ScanAnswers facts(Exchange exchange, List<byte[]> keys, boolean byFrequency) {
    byte[] use = bytes(byFrequency ? "FREQ" : "IDLETIME");
    List<Question> questions = new ArrayList<>();
    for (byte[] key : keys) {
      questions.add(new Question(CommandType.TYPE, List.of(key)));
      questions.add(new Question(CommandType.PTTL, List.of(key)));
      questions.add(new Question(CommandType.MEMORY, List.of(USAGE, key, SAMPLES, SAMPLE_COUNT)));
      questions.add(new Question(CommandType.OBJECT, List.of(ENCODING, key)));
      questions.add(new Question(CommandType.OBJECT, List.of(use, key)));
    }
    return new ScanAnswers(exchange.together(questions));
  }

  /** Asks for the number of elements of keys of these types, which takes constant time. */
  static ScanAnswers elements(Exchange exchange, List<byte[]> keys, List<String> types) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      questions.add(new Question(length(types.get(i)), List.of(keys.get(i))));
    }
    return new ScanAnswers(exchange.together(questions));
  }

  /** Whether the number of elements of this type can be asked for. */
  static boolean hasLength(String type) {
    return LENGTHS.containsKey(type);
  }

  int size() {
    return asked.size();
  }

  /** Completes when all are answered, never exceptionally. */
  CompletableFuture<Void> all() {
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
  }

  /** Whether the connection failed under any of them; then the others mean nothing. */
  boolean broken() {
    return asked.stream()
        .anyMatch(one -> one.join() instanceof Failed<?> || one.join() instanceof TimedOut<?>);
  }

  /** Whether the first command was refused. */
  boolean refused() {
    return !asked.isEmpty() && !(asked.get(0).join() instanceof Answered<?>);
  }

  /** Values from an index on; empty for nil and for what was refused. */
  List<Optional<Object>> values(int from, int count) {
    return asked.subList(from, from + count).stream()
        .map(one -> one.join().answer().flatMap(value -> value))
        .toList();
  }

  private static CommandType length(String type) {
    return Objects.requireNonNull(LENGTHS.get(type), type);
  }

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
