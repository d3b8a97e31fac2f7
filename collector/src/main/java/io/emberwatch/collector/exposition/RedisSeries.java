package io.emberwatch.collector.exposition;

import io.emberwatch.collector.exposition.FigureNames.FigureName;
import io.emberwatch.schemas.ClusterInfo;
import io.emberwatch.schemas.CommandLatency;
import io.emberwatch.schemas.CommandStats;
import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.ErrorStats;
import io.emberwatch.schemas.EvictionPolicy;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.LatencyEvent;
import io.emberwatch.schemas.LatencyPercentile;
import io.emberwatch.schemas.LatencyView;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.ReplicaLink;
import io.emberwatch.schemas.ReplicaState;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.ServerDetail;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.StreamConsumer;
import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.UpstreamSection;
import io.emberwatch.schemas.identity.RandomIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The series of one sample as redis_exporter 1.45 would give them: same names, labels, units and
 * types. A server that is not up has {@code redis_up 0} and nothing else, as there. Pure.
 */
final class RedisSeries {

  private static final double MICROS = 1e6;
  private static final double MILLIS = 1e3;

  /** A server may have thousands; the exporter's two series of each would be the page. */
  private static final long MAX_DATABASES = 64;

  private final InstanceSample sample;
  private final Page.Series series;
  private final Map<String, Double> figures;

  private RedisSeries(InstanceSample sample, Page.Series series) {
    this.sample = sample;
    this.series = series;
    this.figures = Figures.of(sample);
  }

  static void add(InstanceSample sample, Page.Series series) {
    RedisSeries adding = new RedisSeries(sample, series);
    boolean up = sample.getState() == TargetState.UP || sample.getState() == TargetState.LOADING;
    series.gauge("up", up ? 1 : 0);
    adding.scrape();
    if (up) {
      adding.figures();
      adding.instance();
      adding.commands();
      adding.latencies();
      adding.keyspace();
      adding.replication();
      adding.cluster();
      adding.slowlog();
      adding.spikes();
      adding.streams();
    }
  }

  /** What the exporter tells of itself, where a poll has the same. */
  private void scrape() {
    Long micros = sample.getInfoUsec();
    series.gauge("exporter_last_scrape_duration_seconds", (micros == null ? 0 : micros) / MICROS);
    String error = Objects.toString(sample.getError(), "");
    series.gauge("exporter_last_scrape_error", error.isEmpty() ? 0 : 1, "err", error);
    counter("exporter_scrapes_total", sample.getSequence(), 1);
  }

  private void figures() {
    for (FigureName name : FigureNames.list()) {
      Double value = figures.get(name.info());
      if (value != null) {
        series.add(name, value / name.divisor());
      }
    }
    Double now = figures.get("server_time_usec");
    Double uptime = figures.get("uptime_in_seconds");
    if (uptime != null) {
      double seconds = now == null ? sample.getSampledAt().getEpochSecond() : now / MICROS;
      series.gauge("start_time_seconds", Math.floor(seconds) - uptime);
    }
    // A sample says nothing of a child that does not run; INFO, and so the exporter, says -1.
    for (FigureName child : FigureNames.ofChildren()) {
      if (!figures.containsKey(child.info())) {
        series.add(child, -1);
      }
    }
    config("config_maxmemory", "maxmemory");
    config("config_maxclients", "maxclients");
  }

  private void instance() {
    ServerSection server = sample.getServer();
    ServerDetail detail = server == null ? null : server.getDetail();
    if (server == null || detail == null) {
      return;
    }
    MemorySection memory = sample.getMemory();
    EvictionPolicy policy = memory == null ? null : memory.getMaxmemoryPolicy();
    series.gauge(
        "instance_info",
        1,
        "maxmemory_policy",
        policy == null ? "" : policy.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "os",
        text(detail.getOs()),
        "process_id",
        text(detail.getProcessId()),
        "redis_build_id",
        text(detail.getRedisBuildId()),
        "redis_mode",
        text(detail.getRedisMode()),
        "redis_version",
        text(detail.getRedisVersion()),
        "role",
        sample.getRole() == Role.REPLICA ? "slave" : "master",
        "run_id",
        server.getRunId() == null ? "" : RandomIds.text(server.getRunId()),
        "tcp_port",
        text(detail.getTcpPort()));
  }

  private void replication() {
    for (ReplicaLink replica : orEmpty(sample.getReplicas())) {
      ReplicaState state = replica.getState();
      String[] labels = {
        "slave_ip",
        text(replica.getIp()),
        "slave_port",
        text(replica.getPort()),
        "slave_state",
        state == null ? "" : state.name().toLowerCase(Locale.ROOT)
      };
      gauge("connected_slave_lag_seconds", replica.getLag(), 1, labels);
      gauge("connected_slave_offset_bytes", replica.getOffset(), 1, labels);
    }
    ReplicationSection replication = sample.getReplication();
    if (replication != null && replication.getUpstream() != null) {
      upstream(replication.getUpstream());
    }
  }

  private void upstream(UpstreamSection upstream) {
    String[] labels = {
      "master_host", text(upstream.getMasterHost()), "master_port", text(upstream.getMasterPort())
    };
    series.gauge("master_link_up", Boolean.TRUE.equals(upstream.getMasterLinkUp()) ? 1 : 0, labels);
    gauge("master_last_io_seconds_ago", upstream.getMasterLastIoSecondsAgo(), 1, labels);
    boolean syncs = Boolean.TRUE.equals(upstream.getMasterSyncInProgress());
    series.gauge("master_sync_in_progress", syncs ? 1 : 0, labels);
    gauge("slave_repl_offset", upstream.getSlaveReplOffset(), 1, labels);
    if (upstream.getDetail() != null && upstream.getDetail().getSlaveReadOnly() != null) {
      String readOnly = upstream.getDetail().getSlaveReadOnly() ? "1" : "0";
      series.gauge("slave_info", 1, with(labels, "read_only", readOnly));
    }
  }

  private void config(String metric, String name) {
    Double value = figures.get(name);
    if (value != null) {
      series.gauge(metric, value);
    }
  }

  private void commands() {
    for (CommandStats command : orEmpty(sample.getCommands())) {
      String name = command.getCommand();
      counter("commands_total", command.getCalls(), 1, "cmd", name);
      counter("commands_duration_seconds_total", command.getUsec(), MICROS, "cmd", name);
      counter("commands_rejected_calls_total", command.getRejectedCalls(), 1, "cmd", name);
      counter("commands_failed_calls_total", command.getFailedCalls(), 1, "cmd", name);
    }
    for (ErrorStats error : orEmpty(sample.getErrors())) {
      counter("errors_total", error.getCount(), 1, "err", error.getPrefix());
    }
  }

  /**
   * Percentiles since the server's start, as the exporter has them; their sums are commandstats'.
   */
  private void latencies() {
    Map<String, CommandStats> stats = new HashMap<>();
    orEmpty(sample.getCommands()).forEach(command -> stats.put(command.getCommand(), command));
    for (CommandLatency latency : orEmpty(sample.getLatencies())) {
      String name = latency.getCommand();
      for (LatencyPercentile percentile : latency.getPercentiles()) {
        String quantile = String.valueOf(percentile.getPercentile()).replaceAll("\\.0$", "");
        String[] labels = {"cmd", name, "quantile", quantile};
        series.summary("latency_percentiles_usec", "", percentile.getUsec(), labels);
      }
      CommandStats totals = stats.get(name);
      if (totals != null && totals.getUsec() != null && totals.getCalls() != null) {
        series.summary("latency_percentiles_usec", "_sum", totals.getUsec(), "cmd", name);
        series.summary("latency_percentiles_usec", "_count", totals.getCalls(), "cmd", name);
      }
    }
  }

  /** A database without keys is not in INFO; the exporter shows it all the same. */
  private void keyspace() {
    Set<Integer> filled = new HashSet<>();
    for (DbStats db : orEmpty(sample.getKeyspace())) {
      String name = "db" + db.getDb();
      filled.add(db.getDb());
      gauge("db_keys", db.getKeys(), 1, "db", name);
      gauge("db_keys_expiring", db.getExpires(), 1, "db", name);
      gauge("db_avg_ttl_seconds", db.getAvgTtl(), MILLIS, "db", name);
    }
    Long databases = sample.getConfig() == null ? null : sample.getConfig().getDatabases();
    long count = databases == null ? 0 : Math.min(databases, MAX_DATABASES);
    for (int db = 0; db < count; db++) {
      if (!filled.contains(db)) {
        gauge("db_keys", 0L, 1, "db", "db" + db);
        gauge("db_keys_expiring", 0L, 1, "db", "db" + db);
      }
    }
  }

  private void cluster() {
    ClusterInfo cluster = sample.getClusterInfo();
    if (cluster != null && cluster.getClusterState() != null) {
      series.gauge("cluster_state", cluster.getClusterState().equals("ok") ? 1 : 0);
    }
  }

  private void spikes() {
    LatencyView latency = sample.getLatency();
    for (LatencyEvent event : orEmpty(latency == null ? null : latency.getEvents())) {
      String name = event.getEvent();
      gauge("latency_spike_last", event.getLatestAt().getEpochSecond(), 1, "event_name", name);
      gauge("latency_spike_duration_seconds", event.getLatestMillis(), MILLIS, "event_name", name);
    }
  }

  private void streams() {
    for (StreamStats stream : orEmpty(sample.getStreams())) {
      String[] labels = {"db", "db" + stream.getDb(), "stream", stream.getKey()};
      gauge("stream_length", stream.getLength(), 1, labels);
      gauge("stream_radix_tree_keys", stream.getRadixTreeKeys(), 1, labels);
      gauge("stream_radix_tree_nodes", stream.getRadixTreeNodes(), 1, labels);
      gauge("stream_last_generated_id", time(stream.getLastGeneratedId()), 1, labels);
      gauge("stream_groups", stream.getGroups(), 1, labels);
      for (StreamGroup group : orEmpty(stream.getTopGroups())) {
        group(group, with(labels, "group", group.getName()));
      }
    }
  }

  private void group(StreamGroup group, String[] labels) {
    gauge("stream_group_consumers", group.getConsumers(), 1, labels);
    gauge("stream_group_messages_pending", group.getPending(), 1, labels);
    gauge("stream_group_last_delivered_id", time(group.getLastDeliveredId()), 1, labels);
    for (StreamConsumer consumer : orEmpty(group.getTopConsumers())) {
      String[] all = with(labels, "consumer", consumer.getName());
      gauge("stream_group_consumer_messages_pending", consumer.getPending(), 1, all);
      gauge("stream_group_consumer_idle_seconds", consumer.getIdle(), MILLIS, all);
    }
  }

  /** The part of a stream's id before the dash: epoch milliseconds. */
  private static @Nullable Long time(@Nullable String id) {
    String digits = id == null ? "" : id.replaceAll("-.*", "");
    return digits.matches("\\d{1,18}") ? Long.valueOf(digits) : null;
  }

  private static String[] with(String[] labels, String name, String value) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.addAll(List.of(name, value));
    return all.toArray(String[]::new);
  }

  private void slowlog() {
    if (sample.getSlowlog() != null) {
      gauge("slowlog_last_id", Math.max(0, sample.getSlowlog().getLastId()), 1);
    }
  }

  private void gauge(String name, @Nullable Long value, double divisor, String... labels) {
    if (value != null) {
      series.gauge(name, value / divisor, labels);
    }
  }

  private void counter(String name, @Nullable Long value, double divisor, String... labels) {
    if (value != null) {
      series.counter(name, value / divisor, labels);
    }
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
