package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.keyspace.WindowPublisher;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.schedule.PollSink;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisCluster;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.ClusterNodeView;
import io.emberwatch.schemas.ClusterNodesView;
import io.emberwatch.schemas.ClusterView;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.identity.InstanceAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real cluster of 3 + 3 that changes, one seed, and what the polls and subscriptions follow. */
final class ClusterIT {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterIT.class);
  private static final int FOLLOWED_WITHIN_POLLS = 2;

  private final List<InstanceSample> samples = new CopyOnWriteArrayList<>();
  private final List<KeyspaceEventSample> windows = new CopyOnWriteArrayList<>();
  private final ShutdownSequence resources = new ShutdownSequence();

  @TempDir private Path folder;
  private RedisCluster cluster;
  private FleetWatch fleet;

  @BeforeEach
  void watchesAClusterByOneSeed() throws Exception {
    cluster =
        resources.add(
            "cluster",
            Duration.ofSeconds(10),
            RedisCluster.start(
                RedisBinary.preferred(), 3, Map.of("notify-keyspace-events", "KEA")));
    Path file =
        Files.writeString(
            folder.resolve("targets.yaml"),
            """
            fleet: it
            groups:
              carts:
                poll-interval: 1s
                keyspace-events: {enabled: true}
                discover: {cluster: ["127.0.0.1:%d"]}
            """
                .formatted(node(4).port()));
    fleet =
        new FleetWatch(
            new WatchSettings("it", Duration.ofMinutes(1), Duration.ofSeconds(1), 1, Map.of()),
            new TargetFile(file, Duration.ofMinutes(1), Clock.systemUTC()),
            new KeptPolls(),
            new KeptWindows(),
            scan -> {},
            resources,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    fleet.start();
    await().until(() -> watched().size() == 6 && listened().size() == 3);
  }

  @AfterEach
  void stops() {
    resources.close();
  }

  @Test
  void followsFailoversMovedSlotsAndNewNodes() {
    Map<String, Set<String>> shards = shards();
    assertThat(shards).hasSize(3).allSatisfy((group, ids) -> assertThat(ids).hasSize(2));
    assertThat(listened()).containsExactlyInAnyOrder(node(0), node(1), node(2));
    assertThat(last(node(0)).getLabels()).containsEntry("cluster", "carts");
    assertThat(last(node(3)).getRole()).isEqualTo(Role.REPLICA);
    InstanceSample first = samples.get(0);
    assertThat(first.getClusterInfo().getClusterState()).isEqualTo("ok");
    assertThat(first.getClusterInfo().getClusterSize()).isEqualTo(3);
    assertThat(first.getClusterView().getNodes().getNodeCount()).isEqualTo(6);
    assertThat(first.getClusterView().getNodes().getSlotsAssigned()).isEqualTo(16_384);
    assertThat(first.getClusterView().getLinks().getLinksTo()).isEqualTo(5);
    if (first.getVersion().startsWith("7.")) {
      assertThat(first.getClusterView().getSlotStats()).as("before 8.2").isNull();
    }
    assertThat(first.getRefusedProbes()).isEmpty();

    followsAFailoverByHand();
    followsTheLossOfAPrimary();
    assertThat(shards()).isEqualTo(shards);
    followsASlotWithItsKeys();
    assertThat(shards()).isEqualTo(shards);
    followsANewNode();
    forgetsANodeThatWasForgotten();
  }

  private void followsAFailoverByHand() {
    node(3).call("CLUSTER", "FAILOVER");
    patiently().until(() -> node(3).info("replication").contains("role:master"));
    follows("failover by hand", node(3), () -> last(node(3)).getRole() == Role.PRIMARY);
    follows("old primary", node(0), () -> last(node(0)).getRole() == Role.REPLICA);
    follows("subscription to the new primary", node(3), () -> listened().contains(node(3)));
    follows("no subscription to the replica", node(0), () -> !listened().contains(node(0)));
    node(3).call("SET", "{%s}after".formatted(keyOf(node(3))), "failover");
    patiently()
        .untilAsserted(
            () ->
                assertThat(windows)
                    .anyMatch(
                        window ->
                            window.getInstanceId().equals(last(node(3)).getInstanceId())
                                && window.getTotal() > 0));
  }

  private void followsTheLossOfAPrimary() {
    node(1).kill();
    patiently().until(() -> node(4).info("replication").contains("role:master"));
    follows("promotion after kill -9", node(4), () -> last(node(4)).getRole() == Role.PRIMARY);
    follows("subscription after kill -9", node(4), () -> listened().contains(node(4)));
    follows(
        "the killed primary's state",
        node(4),
        () -> last(node(1)).getState() == TargetState.UNREACHABLE);
  }

  private void followsASlotWithItsKeys() {
    RedisProcess from = node(2);
    RedisProcess to = node(3);
    patiently().until(() -> views(from).isPresent() && views(from).equals(views(to)));
    int slotsBefore = slotsInView(to);
    String key = keyOf(from);
    from.call("SET", key, "v");
    String slot = String.valueOf(from.call("CLUSTER", "KEYSLOT", key));
    to.call("CLUSTER", "SETSLOT", slot, "IMPORTING", RedisCluster.id(from));
    from.call("CLUSTER", "SETSLOT", slot, "MIGRATING", RedisCluster.id(to));
    from.call("MIGRATE", to.host(), Integer.toString(to.port()), key, "0", "1000");
    to.call("CLUSTER", "SETSLOT", slot, "NODE", RedisCluster.id(to));
    from.call("CLUSTER", "SETSLOT", slot, "NODE", RedisCluster.id(to));
    assertThat(to.call("GET", key)).isEqualTo("v");
    follows("moved slot in the view", to, () -> slotsInView(to) == slotsBefore + 1);
    follows("moved slot in the source's view", from, () -> views(from).equals(views(to)));
  }

  /** Slots of a node by its own last view. */
  private int slotsInView(RedisProcess node) {
    return lastNodes(node).stream()
        .flatMap(view -> view.getNodes().stream())
        .filter(view -> view.getFlags().contains("myself"))
        .mapToInt(ClusterNodeView::getSlots)
        .sum();
  }

  /** The hash of the slot map in a node's last view. */
  private Optional<String> views(RedisProcess node) {
    return lastNodes(node).map(ClusterNodesView::getSlotMapHash);
  }

  private Optional<ClusterNodesView> lastNodes(RedisProcess node) {
    return samples.stream()
        .filter(sample -> InstanceAddress.of(sample.getInstanceId()).port() == node.port())
        .map(InstanceSample::getClusterView)
        .filter(view -> view != null && view.getNodes() != null)
        .map(ClusterView::getNodes)
        .reduce((a, b) -> b);
  }

  private void followsANewNode() {
    RedisProcess added = cluster.add();
    follows("new node", node(2), () -> groupOf(added).isPresent());
    patiently().until(() -> watched().contains(added));
    assertThat(last(added).getGroup()).isEqualTo("carts-" + shardId(added).substring(0, 8));
    added.call("CLUSTER", "REPLICATE", RedisCluster.id(node(4)));
    patiently().until(() -> added.info("replication").contains("master_link_status:up"));
    String shard = last(node(4)).getGroup();
    follows("new replica's group", node(2), () -> groupOf(added).equals(Optional.of(shard)));
  }

  /** As the servers call the shard of a lone node; before 7.2 they do not, and the node's id is. */
  private static String shardId(RedisProcess node) {
    try {
      return String.valueOf(node.call("CLUSTER", "MYSHARDID"));
    } catch (RespConnection.RespError unknown) {
      return RedisCluster.id(node);
    }
  }

  private void forgetsANodeThatWasForgotten() {
    String lost = lostNodeId();
    List<RedisProcess> alive = cluster.nodes().stream().filter(RedisProcess::isAlive).toList();
    alive.forEach(node -> node.call("CLUSTER", "FORGET", lost));
    follows("forgotten node", node(2), () -> groupOf(node(1)).isEmpty());
    assertThat(fleet.targets()).hasSize(6);
  }

  /** By the targets that are polled now. */
  private Optional<String> groupOf(RedisProcess node) {
    return fleet.targets().stream()
        .filter(target -> target.port() == node.port())
        .map(Target::group)
        .findFirst();
  }

  private String lostNodeId() {
    String port = ":" + node(1).port() + "@";
    return String.valueOf(node(2).call("CLUSTER", "NODES"))
        .lines()
        .filter(line -> line.contains(port))
        .findFirst()
        .orElseThrow()
        .substring(0, 40);
  }

  /** Waits, and counts how many polls of this node it takes from now on. */
  private void follows(String what, RedisProcess by, Callable<Boolean> condition) {
    Instant since = Instant.now();
    patiently().until(condition);
    long polls = samplesSince(since, by);
    LOG.info(
        "event=followed what=\"{}\" polls={} millis={}",
        what,
        polls,
        Duration.between(since, Instant.now()).toMillis());
    assertThat(polls).as(what).isLessThanOrEqualTo(FOLLOWED_WITHIN_POLLS);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  private RedisProcess node(int index) {
    return cluster.nodes().get(index);
  }

  private long samplesSince(Instant since, RedisProcess node) {
    return samples.stream()
        .filter(sample -> InstanceAddress.of(sample.getInstanceId()).port() == node.port())
        .filter(sample -> sample.getSampledAt().isAfter(since))
        .count();
  }

  private InstanceSample last(RedisProcess node) {
    return lastOf(node).orElseThrow();
  }

  private Optional<InstanceSample> lastOf(RedisProcess node) {
    return samples.stream()
        .filter(s -> InstanceAddress.of(s.getInstanceId()).port() == node.port())
        .reduce((a, b) -> b);
  }

  private Set<RedisProcess> watched() {
    return cluster.nodes().stream()
        .filter(node -> lastOf(node).isPresent())
        .collect(Collectors.toSet());
  }

  /** Nodes that have a subscriber, as they say themselves. */
  private Set<RedisProcess> listened() {
    return cluster.nodes().stream()
        .filter(RedisProcess::isAlive)
        .filter(node -> !String.valueOf(node.call("CLIENT", "LIST", "TYPE", "pubsub")).isEmpty())
        .collect(Collectors.toSet());
  }

  /** Instance ids by group, of the six first nodes. */
  private Map<String, Set<String>> shards() {
    return cluster.nodes().stream()
        .map(this::last)
        .collect(
            Collectors.groupingBy(
                InstanceSample::getGroup,
                Collectors.mapping(InstanceSample::getInstanceId, Collectors.toSet())));
  }

  /** A key in the first slot of a primary. */
  private String keyOf(RedisProcess node) {
    String myself =
        String.valueOf(node.call("CLUSTER", "NODES"))
            .lines()
            .filter(line -> line.contains("myself"))
            .findFirst()
            .orElseThrow();
    int first = Integer.parseInt(myself.split(" ", -1)[8].split("-", -1)[0]);
    for (int i = 0; ; i++) {
      Object slot = node.call("CLUSTER", "KEYSLOT", "k" + i);
      if (String.valueOf(slot).equals(Integer.toString(first))) {
        return "k" + i;
      }
    }
  }

  private final class KeptPolls implements PollSink {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void accept(PollResult result) {
      samples.add(result.sample());
    }
  }

  private final class KeptWindows implements WindowPublisher {
    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public boolean offer(KeyspaceEventSample window) {
      return windows.add(window);
    }
  }
}
