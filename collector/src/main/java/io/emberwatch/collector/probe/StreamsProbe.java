package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.Question;
import io.emberwatch.collector.stream.StreamReading;
import io.emberwatch.collector.target.StreamKey;
import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * XINFO of the streams that the targets file names: first the streams and their groups, then the
 * consumers of the groups. XINFO STREAM sends the first and the last entry too, which are dropped
 * unread. In a cluster a node answers for its own keys only, and has no database but 0.
 */
public final class StreamsProbe implements Probe {

  /** Groups of all streams whose consumers are asked for in one look. */
  static final int MAX_CONSUMER_QUESTIONS = 48;

  /** Above this the reply would be a megabyte. */
  static final long MAX_CONSUMERS = 5_000;

  private final List<StreamKey> streams;

  /** A probe of these streams. */
  public StreamsProbe(List<StreamKey> streams) {
    this.streams = List.copyOf(streams);
  }

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public Duration cadence() {
    return Duration.ofSeconds(30);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !streams.isEmpty() && !server.isSentinel() && server.speaksRedis(5, 0);
  }

  @Override
  public List<String> grants() {
    Stream<String> keys = streams.stream().map(stream -> "~" + pattern(stream.key())).distinct();
    Stream<String> commands = Stream.of("+xinfo|stream", "+xinfo|groups", "+xinfo|consumers");
    Stream<String> select =
        streams.stream().filter(stream -> stream.db() != 0).map(any -> "+select").limit(1);
    return Stream.of(commands, select, keys).flatMap(words -> words).toList();
  }

  /** Refused when any question was refused for want of a right. */
  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    Map<Integer, List<StreamKey>> byDb =
        streams.stream()
            .filter(stream -> stream.db() == 0 || !server.isCluster())
            .collect(Collectors.groupingBy(StreamKey::db, LinkedHashMap::new, Collectors.toList()));
    List<CompletableFuture<List<Look>>> looks = new ArrayList<>();
    byDb.forEach((db, keys) -> looks.add(look(exchange, db, keys)));
    return joined(looks)
        .thenCompose(
            found ->
                withConsumers(exchange, found).thenApply(consumers -> outcome(found, consumers)));
  }

  private static CompletableFuture<List<Look>> look(
      Exchange exchange, int db, List<StreamKey> keys) {
    List<Question> questions = new ArrayList<>();
    for (StreamKey stream : keys) {
      questions.add(Question.of(CommandType.XINFO, "STREAM", stream.key()));
      questions.add(Question.of(CommandType.XINFO, "GROUPS", stream.key()));
    }
    return exchange
        .inDatabase(db, questions)
        .thenApply(
            answers -> {
              List<Look> looks = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                looks.add(Look.of(keys.get(i), answers.get(2 * i), answers.get(2 * i + 1)));
              }
              return looks;
            });
  }

  /** Asks for the consumers; what they are is written into the groups. */
  private static CompletableFuture<List<ProbeOutcome<List<Object>>>> withConsumers(
      Exchange exchange, List<Look> looks) {
    Map<Integer, List<Wanted>> byDb = new LinkedHashMap<>();
    int room = MAX_CONSUMER_QUESTIONS;
    for (Look look : looks) {
      for (StreamReading.Group group : look.groups) {
        Long consumers = group.stats().getConsumers();
        if (room > 0 && consumers != null && consumers <= MAX_CONSUMERS) {
          room--;
          byDb.computeIfAbsent(look.key.db(), any -> new ArrayList<>())
              .add(new Wanted(look.key, group));
        }
      }
    }
    List<CompletableFuture<List<ProbeOutcome<List<Object>>>>> answers = new ArrayList<>();
    byDb.forEach((db, wanted) -> answers.add(consumers(exchange, db, wanted)));
    return joined(answers);
  }

  private static CompletableFuture<List<ProbeOutcome<List<Object>>>> consumers(
      Exchange exchange, int db, List<Wanted> wanted) {
    return exchange
        .inDatabase(db, wanted.stream().map(Wanted::question).toList())
        .thenApply(
            answers -> {
              for (int i = 0; i < wanted.size(); i++) {
                StreamGroup group = wanted.get(i).group.stats();
                answers
                    .get(i)
                    .answer()
                    .ifPresent(reply -> group.setTopConsumers(StreamReading.consumers(reply)));
              }
              return answers;
            });
  }

  private static ProbeOutcome<Finding> outcome(
      List<Look> looks, List<ProbeOutcome<List<Object>>> consumers) {
    List<ProbeOutcome<List<Object>>> all = new ArrayList<>();
    looks.forEach(look -> all.addAll(look.outcomes));
    all.addAll(consumers);
    for (ProbeOutcome<List<Object>> outcome : all) {
      boolean ofOneKey = outcome instanceof Refused<?> refused && !isRefusedToAll(refused);
      if (!(outcome instanceof Answered) && !ofOneKey) {
        return outcome.map(reply -> poll -> {});
      }
    }
    List<StreamStats> stats = looks.stream().map(Look::stats).flatMap(Optional::stream).toList();
    long micros = all.stream().mapToLong(StreamsProbe::latencyMicros).max().orElse(0);
    return new Answered<>(poll -> poll.sample().setStreams(stats), micros);
  }

  /** Of a right or a command that is missing; other errors are about a key. */
  private static boolean isRefusedToAll(Refused<?> refused) {
    return refused.code().equals("NOPERM")
        || refused.message().toLowerCase(Locale.ROOT).contains("unknown")
        || ServerFacts.isTransient(refused);
  }

  private static long latencyMicros(ProbeOutcome<?> outcome) {
    return outcome instanceof Answered<?> answered ? answered.latencyMicros() : 0;
  }

  private static String pattern(String key) {
    return key.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
  }

  private static <T> CompletableFuture<List<T>> joined(List<CompletableFuture<List<T>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> parts.stream().map(CompletableFuture::join).flatMap(List::stream).toList());
  }

  private record Wanted(StreamKey key, StreamReading.Group group) {
    Question question() {
      return new Question(
          CommandType.XINFO,
          List.of(
              "CONSUMERS".getBytes(StandardCharsets.US_ASCII),
              key.key().getBytes(StandardCharsets.UTF_8),
              group.name().array()));
    }
  }

  /**
   * What the first two questions told of one stream.
   *
   * @param stats empty for a key of another node
   */
  private record Look(
      StreamKey key,
      Optional<StreamStats> stats,
      List<StreamReading.Group> groups,
      List<ProbeOutcome<List<Object>>> outcomes) {

    static Look of(
        StreamKey key, ProbeOutcome<List<Object>> stream, ProbeOutcome<List<Object>> groups) {
      List<ProbeOutcome<List<Object>>> outcomes = List.of(stream, groups);
      if (stream instanceof Refused<List<Object>> refused) {
        boolean elsewhere = refused.code().equals("MOVED") || refused.code().equals("ASK");
        return new Look(
            key,
            elsewhere
                ? Optional.empty()
                : Optional.of(
                    StreamReading.missing(key.key(), key.db(), refused.code(), refused.message())),
            List.of(),
            outcomes);
      }
      if (!(stream instanceof Answered<List<Object>> answered)) {
        return new Look(key, Optional.empty(), List.of(), outcomes);
      }
      StreamStats stats = StreamReading.stream(key.key(), key.db(), answered.value());
      List<StreamReading.Group> found =
          groups.answer().map(reply -> StreamReading.groups(stats, reply)).orElse(List.of());
      if (groups instanceof Answered) {
        stats.setTopGroups(found.stream().map(StreamReading.Group::stats).toList());
      }
      return new Look(key, Optional.of(stats), found, outcomes);
    }
  }
}
