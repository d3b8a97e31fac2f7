package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.exposition.ExpositionPages;
import io.emberwatch.collector.exposition.ExpositionSettings;
import io.emberwatch.collector.exposition.ScrapedSeries;
import io.emberwatch.collector.schedule.OneLook;
import io.emberwatch.collector.target.StreamKey;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.serde.AvroEncoder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Debian's prometheus-redis-exporter and our view of the same servers: each series that it exports
 * is there, of the same type, with a value between two of its own.
 */
class PrometheusExporterIT {

  /** What we do not export, and why; docs/prometheus.md says the same. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "redis_exporter_build_info", "of the exporter's own program",
          "redis_exporter_last_scrape_connect_time_seconds", "the connection is kept",
          "redis_exporter_scrape_duration_seconds", "of the exporter's own scrapes",
          "redis_target_scrape_request_errors_total", "of the exporter's own scrapes",
          "redis_last_key_groups_scrape_duration_milliseconds", "key groups are a census of ours",
          "redis_slowlog_length", "it saturates at slowlog-max-len; redis_slowlog_last_id does not",
          "redis_last_slow_execution_duration_seconds", "each is on emberwatch.slowlog");

  /**
   * Of releases newer than the exporter: it takes any fourth figure of a database for KeyDB's
   * cached keys, and does not know Valkey's name for the mode. Bytes of the cluster bus by kind we
   * add up.
   */
  private static final String MISREAD =
      "redis_db_keys_cached.*|redis_instance_info.* redis_mode=\"\".*"
          + "|redis_cluster_stats_(pubsub|module)_bytes_.*";

  /** Gauges that move up and down from one moment to the next. */
  private static final Set<String> WANDERING =
      Set.of(
          "redis_allocator_active_bytes",
          "redis_allocator_allocated_bytes",
          "redis_allocator_frag_bytes",
          "redis_allocator_frag_ratio",
          "redis_allocator_resident_bytes",
          "redis_allocator_rss_bytes",
          "redis_allocator_rss_ratio",
          "redis_mem_fragmentation_bytes",
          "redis_mem_fragmentation_ratio",
          "redis_mem_clients_normal",
          "redis_memory_used_bytes",
          "redis_memory_used_dataset_bytes",
          "redis_memory_used_overhead_bytes",
          "redis_memory_used_rss_bytes",
          "redis_connected_clients",
          "redis_db_avg_ttl_seconds",
          "redis_exporter_last_scrape_duration_seconds",
          "redis_exporter_scrapes_total",
          "redis_exporter_last_scrape_error",
          "redis_latency_percentiles_usec");

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = FreePorts.next();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private RedisConnector connector;

  @BeforeEach
  void startExporter() {
    Optional<Path> program =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .map(part -> Path.of(part, "prometheus-redis-exporter"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no prometheus-redis-exporter on the PATH");
    connector = new RedisConnector("view", Duration.ofSeconds(5));
    opened.add(connector);
    opened.add(
        ChildProcess.start(
            List.of(
                program.orElseThrow().toString(),
                "-web.listen-address",
                "127.0.0.1:" + port,
                "-check-single-streams",
                "db0=orders"),
            folder,
            folder.resolve("exporter.log")));
    Awaitility.await().ignoreExceptions().until(() -> !get("/health").isEmpty());
  }

  @AfterEach
  void stopAll() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  static Stream<RedisBinary> servers() {
    return Stream.concat(
        Stream.of(RedisBinary.preferred()),
        Stream.of("redis-8", "valkey-8", "valkey-9")
            .map(RedisBinary::ofRelease)
            .flatMap(Optional::stream));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everySeriesOfTheExporterIsInOurView(RedisBinary binary) throws Exception {
    RedisProcess primary =
        start(RedisProcess.builder().binary(binary).directive("slowlog-log-slower-than", "0"));
    RedisProcess replica = start(RedisProcess.builder().binary(binary).replicaOf(primary));
    RedisProcess node =
        start(RedisProcess.builder().binary(binary).directive("cluster-enabled", "yes"));
    fill(primary);
    node.call("CLUSTER", "ADDSLOTS", "0", "1", "2");
    Awaitility.await()
        .until(() -> String.valueOf(primary.call("INFO", "replication")).contains("state=online"));

    Map<String, String> differences = new TreeMap<>();
    for (RedisProcess server : List.of(primary, replica, node)) {
      differences.putAll(differences(server));
    }
    assertThat(differences).isEmpty();
    assertThat(EXCEPTIONS).hasSizeLessThan(10);
  }

  @Test
  void aServerThatIsDownIsDownInBoth() throws Exception {
    int nobody = FreePorts.next();
    assertThat(ScrapedSeries.of(get("/scrape?target=redis://127.0.0.1:" + nobody)))
        .containsEntry("redis_up[]", 0.0);
    assertThat(ScrapedSeries.of(ours(nobody))).containsEntry("redis_up[]", 0.0);
  }

  private void fill(RedisProcess redis) {
    for (String db : List.of("0", "1", "3")) {
      redis.call(
          "EVAL",
          "redis.call('SELECT', ARGV[1]) redis.call('SET', 'key', 'value')"
              + " redis.call('SETEX', 'brief', 1000, 'value')",
          "0",
          db);
    }
    assertThatThrownBy(() -> redis.call("LPUSH", "key", "a")).hasMessageContaining("WRONGTYPE");
    redis.call("XADD", "orders", "*", "sku", "1");
    redis.call("XADD", "orders", "*", "sku", "2");
    redis.call("XGROUP", "CREATE", "orders", "billing", "0");
    redis.call("XREADGROUP", "GROUP", "billing", "worker", "COUNT", "1", "STREAMS", "orders", ">");
    redis.call("GET", "absent");
    redis.call("CONFIG", "SET", "latency-monitor-threshold", "1");
    redis.call("EVAL", "local i = 0 while i < 3000000 do i = i + 1 end", "0");
  }

  private Map<String, String> differences(RedisProcess server) throws Exception {
    String path = "/scrape?target=redis://127.0.0.1:" + server.port();
    String page = get(path);
    Map<String, Double> before = ScrapedSeries.of(page);
    String view = ours(server.port());
    Map<String, Double> ours = ScrapedSeries.of(view);
    Map<String, Double> after = ScrapedSeries.of(get(path));
    Map<String, String> differences = new TreeMap<>();
    before.forEach(
        (series, then) -> {
          String name = series.substring(0, series.indexOf('['));
          Double now = ours.get(series);
          if (EXCEPTIONS.keySet().stream().anyMatch(name::startsWith)) {
            assertThat(now).as(series).isNull();
          } else if (now == null && !series.matches(MISREAD)) {
            differences.put(series, "absent");
          } else if (now != null
              && !WANDERING.contains(name)
              && !isBetween(then, now, after.get(series))) {
            differences.put(series, "%s, exporter %s %s".formatted(now, then, after.get(series)));
          }
        });
    Map<String, String> types = ScrapedSeries.types(view);
    ScrapedSeries.types(page)
        .forEach(
            (name, type) -> {
              if (types.containsKey(name) && !type.equals(types.get(name))) {
                differences.put(name, "is a " + types.get(name) + " and not a " + type);
              }
            });
    return differences;
  }

  private static boolean isBetween(double then, double now, @Nullable Double after) {
    double later = after == null ? then : after;
    double slack = 1e-9 + Math.abs(then) * 1e-9;
    return now >= Math.min(then, later) - slack && now <= Math.max(then, later) + slack;
  }

  private String ours(int serverPort) throws Exception {
    Target target =
        Target.builder("it", "it", "127.0.0.1", serverPort)
            .streams(List.of(new StreamKey("orders", 0)))
            .build();
    ExpositionPages pages = new ExpositionPages(ExpositionSettings.DEFAULTS);
    InstanceSample sample =
        OneLook.at(target, "it", connector, Duration.ofMillis(1), Clock.systemUTC()).sample();
    pages.take(sample, ByteBuffer.wrap(new AvroEncoder<>(InstanceSample.class).encode(sample)));
    return pages.scrape(Map.of("target", "redis://127.0.0.1:" + serverPort)).body();
  }

  private RedisProcess start(RedisProcess.Builder builder) {
    RedisProcess server = builder.start();
    opened.add(server);
    return server;
  }

  private String get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
