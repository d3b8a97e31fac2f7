package io.emberwatch.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.info.FlatSample;
import io.emberwatch.collector.info.InfoLines;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.InstanceSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What redis-cli shows is what the topic holds: every numeric field of a live reply of Redis 7.0.15
 * against the sample that the collector published between two such replies. A field that is equal
 * in both replies is equal in the sample; a counter is between them; only the gauges named here,
 * which each of our own commands moves, are held to bounds of their own.
 */
class LiveInfoIT {

  private static final Logger LOG = LoggerFactory.getLogger(LiveInfoIT.class);

  /**
   * Percentiles since start: our own few commands move them anywhere, so they must be there only.
   */
  private static final String ANYWHERE = "latency_percentiles_usec_.*";

  /** Rates of the last moments, memory of the very reply, and figures drawn from these. */
  private static final String WANDERING =
      "instantaneous_.*|used_memory(_rss|_peak|_dataset|_overhead)?(_perc)?|mem_clients_normal"
          + "|mem_fragmentation_.*|allocator_.*|rss_overhead_.*|client_recent_.*"
          + "|cmdstat_.*\\.usec_per_call|lru_clock";

  @TempDir Path folder;

  @Test
  void holdsEveryNumericFieldOfALiveReply() throws Exception {
    try (Pipeline pipeline = new Pipeline(folder, Map.of());
        RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start();
        RespConnection own = redis.connect(Duration.ofSeconds(5))) {
      own.call("SET", "user:1", "x");
      own.call("SET", "user:2", "x", "EX", "10000");
      own.call("GET", "user:1");
      Target target =
          Target.builder("it", "live", "127.0.0.1", redis.port())
              .pollInterval(Duration.ofMillis(250))
              .build();
      Map<String, String> before = await().until(() -> numbers(own), LiveInfoIT::isMeasured);
      pipeline.watch(target);
      InstanceSample between =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> fullSample(pipeline.samplesOf(target)), Optional::isPresent)
              .orElseThrow();
      Map<String, String> after = numbers(own);

      Comparison comparison = compare(before, FlatSample.of(between), after);
      LOG.info(
          "numeric fields: equal={} between={} wandering={}",
          comparison.equal.size(),
          comparison.between.size(),
          comparison.wandering.size());
      assertThat(comparison.wrong).isEmpty();
      assertThat(comparison.equal).hasSizeGreaterThan(120).contains("maxclients", "expired_keys");
      assertThat(comparison.between).contains("total_commands_processed", "server_time_usec");
      assertThat(comparison.wandering).hasSizeLessThan(45);
      assertThat(comparison.anywhere).contains("latency_percentiles_usec_set.p99");
    }
  }

  /** The server measures these in its cron; 0 before. */
  private static boolean isMeasured(Map<String, String> numbers) {
    return List.of("client_recent_max_input_buffer", "mem_clients_normal", "db0.avg_ttl").stream()
        .noneMatch(field -> "0".equals(numbers.get(field)));
  }

  /** The first sample of a connection holds all that is ever asked. */
  private static Optional<InstanceSample> fullSample(List<InstanceSample> samples) {
    return samples.stream()
        .filter(s -> s.getServer() != null && s.getServer().getDetail() != null)
        .filter(s -> s.getCommands() != null)
        .findFirst();
  }

  private static Map<String, String> numbers(RespConnection connection) throws Exception {
    String text = String.valueOf(connection.call("INFO", "everything"));
    Map<String, String> numbers = new TreeMap<>(InfoLines.fields(text.getBytes(UTF_8)));
    numbers.values().removeIf(value -> !value.matches("-?\\d+(\\.\\d+)?%?"));
    return numbers;
  }

  private record Comparison(
      List<String> equal,
      List<String> between,
      List<String> wandering,
      List<String> anywhere,
      List<String> wrong) {

    Comparison() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  private static Comparison compare(
      Map<String, String> before, Map<String, String> sample, Map<String, String> after) {
    Comparison result = new Comparison();
    before.forEach(
        (field, first) -> {
          String held = sample.get(field);
          String last = after.getOrDefault(field, first);
          if (held == null) {
            result.wrong.add(field + " is missing, was " + first);
          } else if (field.matches(ANYWHERE)) {
            result.anywhere.add(field);
          } else if (field.matches(WANDERING)) {
            (isNear(first, held) ? result.wandering : result.wrong).add(line(field, first, held));
          } else if (InfoLines.same(first, held) && InfoLines.same(last, held)) {
            result.equal.add(field);
          } else if (isBetween(number(first), number(held), number(last))) {
            result.between.add(field);
          } else {
            result.wrong.add(line(field, first, held) + " and later " + last);
          }
        });
    return result;
  }

  private static String line(String field, String first, String held) {
    return field + " was " + first + ", sample has " + held;
  }

  private static boolean isBetween(double first, double held, double last) {
    return first != last && Math.min(first, last) <= held && held <= Math.max(first, last);
  }

  /** Of the same magnitude: within a factor of three, or a few MB, KB/s or commands a second. */
  private static boolean isNear(String first, String held) {
    double a = number(first);
    double b = number(held);
    return Math.abs(a - b) <= 2 * Math.max(Math.abs(a), Math.abs(b)) / 3 || Math.abs(a - b) < 64;
  }

  private static double number(String text) {
    return Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
  }
}
