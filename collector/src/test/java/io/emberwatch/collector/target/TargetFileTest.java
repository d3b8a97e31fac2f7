package io.emberwatch.collector.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.KeyNaming.Policy;
import io.emberwatch.collector.target.PrefixRule.ByPattern;
import io.emberwatch.collector.target.PrefixRule.BySeparator;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.Tier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetFileTest {

  private static final String TWO =
      """
      fleet: prod
      groups:
        cache:
          instances: [10.0.0.1, 10.0.0.2]
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void namesTheFile() throws Exception {
    file = folder.resolve("targets.yaml");
    Files.writeString(folder.resolve("redis.password"), "pw");
    Files.writeString(folder.resolve("ca.pem"), "ca");
  }

  private List<Target> read(String yaml) throws Exception {
    return TargetFile.read(Files.writeString(file, yaml)).targets();
  }

  private List<String> problems(String yaml) throws Exception {
    Files.writeString(file, yaml);
    try {
      TargetFile.read(file);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(ConfigProblem::toString)
          .map(text -> text.replace(folder.toString() + "/", ""))
          .toList();
    }
  }

  /** As a careful writer does it. */
  private void replace(String yaml) throws Exception {
    Path next = Files.writeString(folder.resolve("targets.yaml.new"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void inheritsFromDefaultsAndGroup() throws Exception {
    List<Target> targets =
        read(
            """
            fleet: prod
            defaults:
              poll-interval: 30s
              tier: cache
              labels: {environment: prod, owner: nobody}
              user: monitor
              password: {file: redis.password}
              tls: {authorities: ca.pem, enabled: false}
              keyspace-events: {max-prefixes: 50}
              clients: {top: 5}
            groups:
              sessions:
                tier: store
                labels: {owner: team-login}
                clients: {max-connected: 20000}
                keyspace-events: {enabled: true, prefix-separator: "/", sampled-keys: 5, window: 2s}
                instances:
                  - 10.0.0.1:6380
                  - rediss://10.0.0.2:6379
                  - {address: "redis://[2001:DB8::1]", labels: {zone: b}, key-names: true, password: {}}
              plain:
                instances: [Cache.example]
            """);
    assertThat(targets)
        .extracting(Target::instanceId)
        .containsExactly(
            "prod/sessions/10.0.0.1:6380",
            "prod/sessions/10.0.0.2:6379",
            "prod/sessions/[2001:db8::1]:6379",
            "prod/plain/cache.example:6379");
    Target first = targets.get(0);
    assertThat(first.tier()).isEqualTo(Tier.STORE);
    assertThat(first.pollInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(first.labels()).isEqualTo(Map.of("environment", "prod", "owner", "team-login"));
    assertThat(first.credentials())
        .hasValueSatisfying(
            login -> {
              assertThat(login.user()).contains("monitor");
              assertThat(login.password())
                  .isEqualTo(Secret.ofFile(folder.resolve("redis.password")));
              assertThat(login.password().reveal()).isEqualTo("pw");
            });
    assertThat(first.tls()).isEmpty();
    assertThat(first.keyspaceEvents())
        .contains(
            new KeyspaceEvents(
                new PrefixRules(List.of(), new BySeparator("/", 1), 50),
                5,
                KeyNaming.DROPPED,
                Duration.ofSeconds(2)));
    assertThat(first.clientCensus()).isEqualTo(new ClientCensusChoice(true, 20_000, 5));
    assertThat(targets.get(3).clientCensus()).isEqualTo(new ClientCensusChoice(true, 5_000, 5));
    assertThat(targets.get(1).tls())
        .hasValueSatisfying(
            tls -> {
              assertThat(tls.authorities()).contains(folder.resolve("ca.pem"));
              assertThat(tls.verify()).isEqualTo(Verify.FULL);
            });
    assertThat(targets.get(2).labels())
        .containsEntry("zone", "b")
        .containsEntry("owner", "team-login");
    assertThat(targets.get(2).credentials()).isEmpty();
    assertThat(targets.get(2).keyNamesAllowed()).isTrue();
    assertThat(targets.get(3).tier()).isEqualTo(Tier.CACHE);
    assertThat(targets.get(3).keyspaceEvents()).isEmpty();
  }

  @Test
  void readsPrefixRulesInOrderAndTheFormOfKeyNames() throws Exception {
    Files.writeString(folder.resolve("hash.key"), "k");
    List<Target> targets =
        read(
            """
            fleet: f
            defaults: {key-names: hash, key-hash-key: {file: hash.key}}
            groups:
              g:
                keyspace-events:
                  enabled: true
                  prefix-rules:
                    - {pattern: "^(tenant-[0-9]+):"}
                    - {separator: ":", depth: 2}
                instances: [a, {address: b, key-names: plain}, {address: c, key-names: false}]
            """);
    KeyspaceEvents events = targets.get(0).keyspaceEvents().orElseThrow();
    assertThat(events.prefixes().all())
        .containsExactly(
            new ByPattern("^(tenant-[0-9]+):"), new BySeparator(":", 2), new BySeparator(":", 1));
    assertThat(events.naming())
        .isEqualTo(
            new KeyNaming(Policy.HASH, Optional.of(Secret.ofFile(folder.resolve("hash.key")))));
    assertThat(targets).extracting(Target::keyNamesAllowed).containsExactly(false, true, false);
    assertThat(targets)
        .extracting(target -> target.keyspaceEvents().orElseThrow().naming().policy())
        .containsExactly(Policy.HASH, Policy.PLAIN, Policy.DROP);
  }

  @Test
  void refusesPrefixRulesThatCannotWork() throws Exception {
    assertThat(
            problems(
                """
                fleet: f
                groups:
                  g:
                    key-names: maybe
                    keyspace-events:
                      prefix-rules:
                        - {pattern: "("}
                        - {pattern: "^a:"}
                        - {pattern: "(a)", separator: ":"}
                        - {separator: x}
                    instances: [a]
                """))
        .satisfiesExactly(
            one -> assertThat(one).contains(":4: groups.g.key-names: expected plain (true), hash"),
            two -> assertThat(two).contains(":7: ").contains("missing closing )"),
            three -> assertThat(three).contains(":8: ").contains("expected a group"),
            four -> assertThat(four).contains(":9: ").contains("either a pattern or a separator"),
            five -> assertThat(five).contains(":10: ").contains("no letters or digits"));
  }

  @Test
  void asksForHotKeysWhereALevelSaysHowMany() throws Exception {
    List<Target> targets =
        read(
            """
            fleet: f
            defaults: {key-census: {hot-keys: 10}}
            groups:
              a: {key-census: {enabled: true}, instances: [a1]}
              b: {key-census: {enabled: true, hot-keys: 0}, instances: [b1]}
              c: {instances: [c1]}
            """);
    assertThat(targets.get(0).keyCensus().orElseThrow().hotKeys()).isEqualTo(10);
    assertThat(targets.get(1).keyCensus().orElseThrow().hotKeys()).isZero();
    assertThat(targets.get(2).keyCensus()).isEmpty();
    assertThat(problems("fleet: f\ngroups: {g: {key-census: {hot-keys: 65}, instances: [h]}}"))
        .singleElement()
        .asString()
        .contains("groups.g.key-census.hot-keys: ", "from 0 to 64");
  }

  @Test
  void reportsEveryProblemWithItsLineAndKey() throws Exception {
    assertThat(
            problems(
                """
                fleet: prod/eu
                defaults:
                  poll-intervall: 15s
                  tier: caches
                  user: monitor
                groups:
                  a b:
                    instances: [10.0.0.1]
                  cache:
                    keyspace-events: {prefix-separator: r, max-prefixes: 0}
                    tls: {certificate: none.pem}
                    instances:
                      - 10.0.0.2:70000
                      - 10.0.0.1:6379
                      - ::1
                      - "[::1]:6379"
                      - "[0:0:0::1]:6379"
                      - {host: 10.0.0.9}
                      - unix:///run/redis.sock
                      - redis://10.0.0.4:6379/1
                """))
        .containsExactly(
            "targets.yaml:1: fleet: \"prod/eu\" is not a name; expected letters, digits, dots,"
                + " dashes, underscores",
            "targets.yaml:3: defaults.poll-intervall: unknown key; did you mean poll-interval?",
            "targets.yaml:4: defaults.tier: \"caches\" is not allowed; expected one of cache,"
                + " store, queue, unspecified",
            "targets.yaml:5: defaults.user: a user needs a password: {file: path} or {env: NAME}",
            "targets.yaml:7: groups.a b: \"a b\" is not a name; expected letters, digits, dots,"
                + " dashes, underscores",
            "targets.yaml:10: groups.cache.keyspace-events.prefix-separator: expected 1 to 8"
                + " characters that are no letters or digits",
            "targets.yaml:10: groups.cache.keyspace-events.max-prefixes: \"0\" is not allowed;"
                + " expected a whole number from 1 to 1000, such as 1",
            "targets.yaml:11: groups.cache.tls.certificate: cannot read the file none.pem",
            "targets.yaml:11: groups.cache.tls.certificate: certificate and key are given together",
            "targets.yaml:13: groups.cache.instances[0].address: port 70000 is not allowed;"
                + " expected 1 to 65535",
            "targets.yaml:14: groups.cache.instances[1].address: is watched already, see"
                + " targets.yaml:8",
            "targets.yaml:15: groups.cache.instances[2].address: \"::1\" is not an address;"
                + " expected host:port, [ipv6]:port, redis://host:port or rediss://host:port; an"
                + " IPv6 address needs brackets, such as [::1]:6379",
            "targets.yaml:17: groups.cache.instances[4].address: is watched already, see"
                + " targets.yaml:16",
            "targets.yaml:18: groups.cache.instances[5].address: is required; expected a text",
            "targets.yaml:18: groups.cache.instances[5].host: unknown key; known: address,"
                + " clients, key-census, key-hash-key, key-names, keyspace-events, labels, password, poll-interval, streams, tier,"
                + " tls, user",
            "targets.yaml:19: groups.cache.instances[6].address: the scheme unix is not known;"
                + " expected host:port, [ipv6]:port, redis://host:port or rediss://host:port",
            "targets.yaml:20: groups.cache.instances[7].address: \"redis://10.0.0.4:6379/1\" is not"
                + " an address; expected host:port, [ipv6]:port, redis://host:port or"
                + " rediss://host:port");
  }

  @Test
  void refusesCredentialsInAnAddressWithoutRepeatingThem() throws Exception {
    for (String address :
        List.of("redis://user:s3cret@h:1", "rediss://:s3cret@h", "u:s3cret@h:1")) {
      assertThat(problems("fleet: f\ngroups: {g: {instances: [\"" + address + "\"]}}"))
          .singleElement()
          .asString()
          .contains(
              "targets.yaml:2: groups.g.instances[0].address: credentials must not be written")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void refusesAPasswordInTheFileWithoutRepeatingIt() throws Exception {
    assertThat(problems(TWO + "defaults: {password: s3cret}"))
        .singleElement()
        .asString()
        .contains("defaults.password: a secret must not be written here")
        .doesNotContain("s3cret");
  }

  @Test
  void takesStreamsFromTheNearestLevelThatNamesAny() throws Exception {
    List<Target> targets =
        read(
            """
            fleet: f
            defaults: {streams: [logins, {key: audit, db: 3}]}
            groups:
              g: {instances: [a, {address: b, streams: []}]}
              h: {streams: [orders], instances: [c]}
            """);
    assertThat(targets)
        .extracting(Target::streams)
        .containsExactly(
            List.of(new StreamKey("logins", 0), new StreamKey("audit", 3)),
            List.of(),
            List.of(new StreamKey("orders", 0)));
    assertThat(problems("fleet: f\ngroups: {g: {streams: [a, a, {db: 1}], instances: [h]}}"))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("streams[1].key: is named already"))
        .anyMatch(problem -> problem.contains("streams[2].key: is required"));
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      keys.append(i == 0 ? "" : ", ").append("k").append(i);
    }
    assertThat(problems("fleet: f\ngroups: {g: {streams: [" + keys + "], instances: [h]}}"))
        .singleElement()
        .asString()
        .contains("streams: expected up to 20, found 21");
  }

  @Test
  void refusesAFileWithoutAnyInstance() throws Exception {
    assertThat(problems(""))
        .hasSize(2)
        .last()
        .asString()
        .contains("groups: no instance in any group");
    assertThat(problems("fleet: f\ngroups: {g: {}}"))
        .containsExactly(
            "targets.yaml:2: groups: no instance in any group, and none to discover;"
                + " expected one");
  }

  @Test
  void readsAGroupThatIsToBeDiscovered() throws Exception {
    Files.writeString(
        file,
        """
        fleet: prod
        defaults: {poll-interval: 5s, labels: {environment: prod}}
        groups:
          carts:
            tier: store
            labels: {cluster: own-name}
            discover: {cluster: [rediss://10.0.0.1, "rediss://[::1]:7000"]}
            instances: [{address: 10.0.0.1, poll-interval: 1s}]
          users:
            poll-interval: 1m
            discover: {cluster: [10.0.1.1], refresh: 30s}
        """);
    Definitions definitions = TargetFile.read(file);
    assertThat(definitions.summary()).isEqualTo("1 targets, 2 discoveries");
    Discovery carts = definitions.discoveries().get(0);
    assertThat(carts.id()).isEqualTo("prod/carts");
    assertThat(carts.method().origin()).isEqualTo("10.0.0.1:6379, [::1]:7000");
    assertThat(carts.refreshInterval()).isEqualTo(Duration.ofSeconds(5));
    Target found =
        carts.target(
            "carts-1", ServerAddress.of("10.0.0.2", 1), Map.of("cluster", "carts", "a", "b"));
    assertThat(found.instanceId()).isEqualTo("prod/carts-1/10.0.0.2:1");
    assertThat(found.tier()).isEqualTo(Tier.STORE);
    assertThat(found.tls()).isPresent();
    assertThat(found.labels())
        .isEqualTo(Map.of("environment", "prod", "cluster", "own-name", "a", "b"));
    assertThat(definitions.discoveries().get(1).refreshInterval())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void readsDiscoveriesBySentinelAndByDns() throws Exception {
    Files.writeString(folder.resolve("s.password"), "s3cret");
    Files.writeString(
        file,
        """
        fleet: prod
        groups:
          orders:
            tier: queue
            streams: [orders]
            keyspace-events: {enabled: true}
            discover:
              sentinel: [s1:26379, s2:26379]
              masters: [orders, carts]
              sentinel-user: watcher
              sentinel-password: {file: s.password}
          pods: {discover: {dns: [redis.svc.local:6380], dns-servers: [10.0.0.2, "[::1]:5353"]}}
          services: {discover: {srv: [_redis._tcp.svc.local], grouping: server}}
        """);
    List<Discovery> discoveries = TargetFile.read(file).discoveries();
    assertThat(discoveries.get(0).method())
        .isInstanceOfSatisfying(
            DiscoveryMethod.Sentinel.class,
            sentinel -> {
              assertThat(sentinel.origin()).isEqualTo("s1:26379, s2:26379");
              assertThat(sentinel.masters()).containsExactly("orders", "carts");
              assertThat(sentinel.login().orElseThrow().user()).contains("watcher");
              assertThat(sentinel.toString()).doesNotContain("s3cret");
              Target target =
                  discoveries
                      .get(0)
                      .sentinel(
                          "orders-sentinels",
                          ServerAddress.of("s1", 26379),
                          sentinel.login(),
                          Map.of());
              assertThat(target.credentials()).isEqualTo(sentinel.login());
              assertThat(target.tier()).isEqualTo(Tier.QUEUE);
              assertThat(target.streams()).isEmpty();
              assertThat(target.keyspaceEvents()).isEmpty();
            });
    assertThat(discoveries.get(1).method())
        .isEqualTo(
            new DiscoveryMethod.Dns(
                DiscoveryMethod.Dns.Kind.ADDRESS,
                List.of(ServerAddress.of("redis.svc.local", 6380)),
                DiscoveryMethod.Dns.Grouping.NAME,
                List.of(ServerAddress.of("10.0.0.2", 53), ServerAddress.of("::1", 5353))));
    assertThat(discoveries.get(2).method().name()).isEqualTo("srv");
    assertThat(discoveries.get(2).method().origin()).isEqualTo("_redis._tcp.svc.local");
  }

  @Test
  void reportsASettingThatBelongsToAnotherWayOfDiscovery() throws Exception {
    assertThat(
            problems(
                """
                fleet: f
                groups:
                  a: {discover: {cluster: [h], masters: [m], grouping: name}}
                  b: {discover: {sentinel: [h], sentinel-user: u}}
                  c: {discover: {dns: [h], srv: [i]}}
                  d: {discover: {dns: [h], dns-servers: [resolver.example]}}
                """))
        .satisfiesExactly(
            p -> assertThat(p).contains("a.discover.masters: is for a discovery by sentinel"),
            p -> assertThat(p).contains("a.discover.grouping: is for a discovery by dns or srv"),
            p -> assertThat(p).contains("b.discover.sentinel-user: a user needs a sentinel-"),
            p -> assertThat(p).contains("c.discover: expected one of cluster, dns, sentinel, srv"),
            p -> assertThat(p).contains("d.discover.dns-servers: \"resolver.example\" is a name"));
  }

  @Test
  void reportsProblemsOfADiscoveryWithLineAndKey() throws Exception {
    assertThat(
            problems(
                """
                fleet: f
                groups:
                  a:
                    discover: {cluster: []}
                  b:
                    discover:
                      cluster: [h, "rediss://i", "u:p@j"]
                      refresh: 1ms
                  c:
                    discover: {clusters: [h]}
                """))
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "targets.yaml:4: groups.a.discover.cluster: expected at least one address"),
            p ->
                assertThat(p)
                    .contains(
                        "targets.yaml:7: groups.b.discover.cluster[1].address: all addresses"),
            p ->
                assertThat(p)
                    .contains(
                        "targets.yaml:7: groups.b.discover.cluster[2].address: credentials must"),
            p ->
                assertThat(p)
                    .contains("targets.yaml:8: groups.b.discover.refresh: \"1ms\" is not allowed"),
            p -> assertThat(p).contains("targets.yaml:10: groups.c.discover: expected one of"),
            p ->
                assertThat(p)
                    .contains(
                        "targets.yaml:10: groups.c.discover.clusters: unknown key; did you mean cluster?"));
  }

  @Test
  void refusesAnAliasBomb() throws Exception {
    StringBuilder bomb = new StringBuilder("fleet: f\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(
                          alias, alias, alias, alias, alias, alias, alias, alias, alias, alias))));
    }
    bomb.append("groups: {g: {instances: *a11}}\n");
    assertThat(problems(bomb.toString())).isNotEmpty().first().asString().contains("aliases");
  }

  @Test
  void refusesToStartWithAFaultyFile() {
    assertThatThrownBy(() -> new TargetFile(file, Duration.ofSeconds(1), Clock.systemUTC()))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(e -> assertThat(e.problems().get(0).message()).isEqualTo("no such file"));
  }

  @Test
  void keepsTheOldTargetsWhileTheFileIsFaulty() throws Exception {
    Files.writeString(file, TWO);
    List<Definitions> announced = new CopyOnWriteArrayList<>();
    try (TargetFile source = new TargetFile(file, Duration.ofMillis(10), Clock.systemUTC())) {
      source.onChange(announced::add);
      source.start();
      Definitions before = source.definitions();

      replace(TWO.substring(0, TWO.indexOf("10.0.0.2")));
      await().until(() -> source.problems() > 0);
      assertThat(source.check().ok()).isFalse();
      assertThat(source.check().detail()).contains("targets.yaml:", "2 targets", "stay in force");
      replace("");
      await().until(() -> source.problems() == 2);
      Files.delete(file);
      assertThat(source.check().detail()).contains("is gone", "stay in force");
      assertThat(source.definitions()).isSameAs(before);
      assertThat(announced).isEmpty();

      replace(TWO + "  queue:\n    instances: [10.0.0.3]\n");
      await().until(() -> announced.size() == 1);
      assertThat(source.problems()).isZero();
      assertThat(source.check().ok()).isTrue();
      assertThat(source.definitions().targets()).hasSize(3).containsAll(before.targets());
      assertThat(announced).containsExactly(source.definitions());
    }
  }

  @Test
  void announcesNothingWhenOnlyACommentChanged() throws Exception {
    Files.writeString(file, TWO);
    List<Definitions> announced = new CopyOnWriteArrayList<>();
    try (TargetFile source = new TargetFile(file, Duration.ofMillis(10), Clock.systemUTC())) {
      source.onChange(announced::add);
      source.start();
      replace("# a comment\n" + TWO);
      await().during(Duration.ofMillis(200)).until(announced::isEmpty);
      replace(TWO.replace("10.0.0.2", "10.0.0.9"));
      await().until(() -> announced.size() == 1);
    }
  }

  @Test
  void readsAllFilesThatFitAGlobAndOneBadFileSpoilsNoOther() throws Exception {
    Path parts = Files.createDirectory(folder.resolve("targets.d"));
    Path first = Files.writeString(parts.resolve("a.yaml"), TWO);
    Path second =
        Files.writeString(
            parts.resolve("b.yaml"), "fleet: lab\ngroups: {q: {instances: [10.1.0.1, 10.0.0.2]}}");
    Files.writeString(parts.resolve("c.txt"), "no targets");
    Path glob = parts.resolve("*.yaml");
    assertThatThrownBy(() -> TargetFile.read(glob))
        .hasMessageContaining("b.yaml: lab/q/10.0.0.2:6379 is defined already in " + first);
    try (TargetFile source = new TargetFile(glob, Duration.ofMillis(10), Clock.systemUTC())) {
      assertThat(source.definitions().targets()).hasSize(3);
      assertThat(source.problems()).as("of two that define a server the first counts").isOne();
      source.start();

      Files.writeString(second, "fleet: lab\ngroups: {q: {instances: [10.1.0.1, 10.1.0.2]}}");
      await().until(() -> source.problems() == 0);
      assertThat(source.definitions().targets()).hasSize(4);
      Files.writeString(second, "fleet: lab\ngroups: nothing");
      await().until(() -> source.problems() > 0);
      Files.writeString(first, TWO.replace("10.0.0.2", "10.0.0.3, 10.0.0.4"));
      await().until(() -> source.definitions().targets().size() == 5);
      assertThat(source.check().detail()).contains("b.yaml:2", "5 targets", "stay in force");

      Files.writeString(parts.resolve("0.yaml"), "fleet: new\ngroups: {n: {instances: [n]}}");
      await().until(() -> source.definitions().targets().size() == 6);
      Files.delete(second);
      await().until(() -> source.definitions().targets().size() == 4 && source.check().ok());
      Files.delete(first);
      Files.delete(parts.resolve("0.yaml"));
      await().until(() -> !source.check().ok());
      assertThat(source.check().detail()).contains("is gone", "stay in force");
      assertThat(source.definitions().targets()).isNotEmpty();
    }
  }

  @Test
  void startsWithTheGoodFilesOfAGlobAndNotWithoutAny() throws Exception {
    Path parts = Files.createDirectory(folder.resolve("targets.d"));
    Path glob = parts.resolve("*.yaml");
    assertThatThrownBy(() -> new TargetFile(glob, Duration.ofSeconds(1), Clock.systemUTC()))
        .hasMessageContaining("no file fits");
    Files.writeString(parts.resolve("bad.yaml"), "fleet: f");
    assertThatThrownBy(() -> new TargetFile(glob, Duration.ofSeconds(1), Clock.systemUTC()))
        .hasMessageContaining("bad.yaml:1: groups: no instance");
    Files.writeString(parts.resolve("good.yaml"), TWO);
    try (TargetFile source = new TargetFile(glob, Duration.ofSeconds(1), Clock.systemUTC())) {
      assertThat(source.definitions().targets()).hasSize(2);
      assertThat(source.check().ok()).isFalse();
    }
  }

  @Test
  void shippedExampleIsValid() throws Exception {
    Path example = Path.of("src/main/dist/conf/targets.yaml");
    assertThat(TargetFile.read(example).targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.instanceId()).isEqualTo("prod/local/127.0.0.1:6379");
              assertThat(target.keyspaceEvents()).isEmpty();
            });
    String allOn =
        Files.readString(example)
            .replaceAll("(?m)^( +)# (user|password|tls|  [a-z]+:)", "$1$2")
            .replaceAll("(?m)^( +)# -", "$1-")
            .replaceAll("(?m)^ +(certificate|key): .*\\R", "");
    assertThat(read(allOn)).hasSize(5).allSatisfy(t -> assertThat(t.credentials()).isPresent());
  }
}
