package io.emberwatch.embedded.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A real Redis Cluster on loopback: primaries that share all slots, each with one replica. Nodes
 * hold each other for dead after a second.
 */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final Duration FORMING = Duration.ofSeconds(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final RedisBinary binary;
  private final Map<String, String> directives;
  private final List<RedisProcess> nodes = new CopyOnWriteArrayList<>();

  private RedisCluster(RedisBinary binary, Map<String, String> directives) {
    this.binary = binary;
    this.directives = directives;
  }

  /**
   * Starts the nodes and returns once all of them serve.
   *
   * @param primaries three or more
   * @param directives lines of every node's redis.conf
   */
  public static RedisCluster start(
      RedisBinary binary, int primaries, Map<String, String> directives) {
    RedisCluster cluster = new RedisCluster(binary, directives);
    try {
      cluster.form(primaries);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The first primaries, in the order of their slots, then the replica of each. */
  public List<RedisProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** Starts a node and introduces it; it has no slots. Returns once it knows the others. */
  public RedisProcess add() {
    RedisProcess node = launch();
    meet(node);
    int all = nodes.size();
    await("the new node knows the others", () -> knows(node, all));
    return node;
  }

  /** The node's id in the cluster. */
  public static String id(RedisProcess node) {
    return text(node, "CLUSTER", "MYID");
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }

  private void form(int primaries) {
    for (int i = 0; i < 2 * primaries; i++) {
      launch();
    }
    for (int i = 0; i < primaries; i++) {
      nodes.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      addSlots(nodes.get(i), SLOTS * i / primaries, SLOTS * (i + 1) / primaries);
    }
    nodes.stream().skip(1).forEach(this::meet);
    await("all know all", () -> nodes.stream().allMatch(node -> knows(node, nodes.size())));
    for (int i = 0; i < primaries; i++) {
      nodes.get(primaries + i).call("CLUSTER", "REPLICATE", id(nodes.get(i)));
    }
    await("all serve", () -> nodes.stream().allMatch(RedisCluster::serves));
  }

  private RedisProcess launch() {
    RedisProcess.Builder builder =
        RedisProcess.builder()
            .binary(binary)
            .directive("cluster-enabled", "yes")
            .directive("cluster-node-timeout", "1000");
    directives.forEach(builder::directive);
    RedisProcess node = builder.start();
    nodes.add(node);
    return node;
  }

  private void meet(RedisProcess node) {
    nodes.get(0).call("CLUSTER", "MEET", node.host(), Integer.toString(node.port()));
  }

  private static void addSlots(RedisProcess node, int from, int to) {
    List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = from; slot < to; slot++) {
      command.add(Integer.toString(slot));
    }
    node.call(command.toArray(String[]::new));
  }

  private static boolean knows(RedisProcess node, int others) {
    String view = text(node, "CLUSTER", "NODES");
    return view.lines().count() >= others && !view.contains("handshake");
  }

  private static boolean serves(RedisProcess node) {
    String replication = node.info("replication");
    return text(node, "CLUSTER", "INFO").contains("cluster_state:ok")
        && (replication.contains("connected_slaves:1")
            || replication.contains("master_link_status:up"));
  }

  private static String text(RedisProcess node, String... command) {
    return String.valueOf(node.call(command));
  }

  private static void await(String what, BooleanSupplier done) {
    long deadlineNanos = System.nanoTime() + FORMING.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("not within " + FORMING + ": " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
