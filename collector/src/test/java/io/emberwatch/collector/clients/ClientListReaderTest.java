package io.emberwatch.collector.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ClientFacts;
import io.emberwatch.schemas.ClientGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIENT LIST of eight releases, and of no release at all. */
final class ClientListReaderTest {

  private static final Path REPLIES = Path.of("src/test/resources/replies");

  private static ClientCensus golden(String release) throws IOException {
    return ClientListReader.read(
        Files.readAllBytes(REPLIES.resolve(release).resolve("client-list.txt")), 10);
  }

  private static ClientCensus read(String... lines) {
    return ClientListReader.read((String.join("\n", lines) + "\n").getBytes(UTF_8), 3);
  }

  private static String client(int id, String rest) {
    return "id=" + id + " addr=10.0.0." + id + ":5000 fd=8 " + rest;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-2.8.19",
        "redis-3.2",
        "redis-5.0",
        "redis-6.2",
        "redis-7.0.15",
        "redis-7.2",
        "redis-8.0-preview",
        "valkey-8.0.1",
        "redis-8.0.2",
        "valkey-8.1.1",
        "valkey-9.1.2"
      })
  void countsAReplicaASentinelsTwoConnectionsAndTheOneThatAsked(String release) throws IOException {
    ClientCensus census = golden(release);
    assertThat(census.getClients()).isEqualTo(4);
    assertThat(census.getUnreadableLines()).isZero();
    assertThat(census.getUnnamedClients()).isEqualTo(2);
    assertThat(census.getByAddress()).extracting(ClientGroup::getKey).containsExactly("127.0.0.1");
    assertThat(census.getByDb()).extracting(ClientGroup::getKey).containsExactly("0");
    assertThat(census.getByClass())
        .extracting(ClientGroup::getKey, ClientGroup::getClients)
        .containsExactlyInAnyOrder(tuple("normal", 2L), tuple("pubsub", 1L), tuple("replica", 1L));
    assertThat(census.getTopByAge().get(0).getFlags()).isEqualTo("S");
  }

  @Test
  void tellsWhatOnlyLaterReleasesTell() throws IOException {
    ClientCensus old = golden("redis-2.8.19");
    assertThat(old.getMemoryBytes()).isNull();
    assertThat(old.getByUser()).isNull();
    assertThat(old.getByLibrary()).isNull();
    assertThat(old.getTopByMemory().get(0).getUser()).isNull();
    assertThat(golden("redis-6.2").getByLibrary()).isNull();
    ClientCensus latest = golden("redis-7.2");
    assertThat(latest.getMemoryBytes()).isEqualTo(42904 + 22400 + 22456 + 37786);
    assertThat(latest.getOutputBufferBytes()).isEqualTo(20504);
    assertThat(latest.getQueryBufferBytes()).isEqualTo(26);
    assertThat(latest.getByUser()).extracting(ClientGroup::getKey).containsExactly("default");
    assertThat(latest.getByLibrary()).extracting(ClientGroup::getKey).containsExactly("");
    ClientFacts most = latest.getTopByMemory().get(0);
    assertThat(most.getAddress()).isEqualTo("127.0.0.1:33698");
    assertThat(most.getCommand()).isEqualTo("replconf");
    assertThat(most.getMemoryBytes()).isEqualTo(42904);
  }

  @Test
  void leavesOurOwnConnectionsOut() {
    ClientCensus census =
        read(
            client(1, "name=emberwatch-c1 age=9 idle=0 flags=N db=0 tot-mem=900"),
            client(2, "name=app age=9 idle=301 flags=N db=2 tot-mem=50"));
    assertThat(census.getOwnClients()).isEqualTo(1);
    assertThat(census.getClients()).isEqualTo(1);
    assertThat(census.getMemoryBytes()).isEqualTo(50);
    assertThat(census.getByName())
        .containsExactly(new ClientGroup("app", 1L, 1L, 301L, 50L, 0L, 0L));
    assertThat(census.getTopByMemory()).hasSize(1);
  }

  @Test
  void groupsLibrariesWithTheirVersions() {
    ClientCensus census =
        read(
            client(1, "name=a lib-name=jedis lib-ver=5.1.0"),
            client(2, "name=b lib-name=jedis lib-ver=5.1.0"),
            client(3, "name=c lib-name=jedis lib-ver="));
    assertThat(census.getByLibrary())
        .extracting(ClientGroup::getKey)
        .containsExactly("jedis:5.1.0", "jedis");
  }

  @Test
  void classesAConnectionByTheFirstFlagThatTells() {
    ClientCensus census =
        read(
            client(1, "name= flags=O"),
            client(2, "name= flags=M"),
            client(3, "name= flags=xb"),
            client(4, "name= flags=x"),
            client(5, "name= flags=N psub=2"),
            client(6, "name= flags=tN"));
    assertThat(census.getByClass())
        .extracting(ClientGroup::getKey)
        .containsExactly("blocked", "monitor", "normal", "primary", "pubsub", "transaction");
  }

  @Test
  void keepsTheLargestGroupsAndSumsTheRest() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      lines.append(client(1, "name=n" + i + " omem=2\n"));
    }
    lines.append(client(1, "name=n7 omem=2\n"));
    ClientCensus census = ClientListReader.read(lines.toString().getBytes(UTF_8), 5);
    List<ClientGroup> names = census.getByName();
    assertThat(names).hasSize(ClientGroups.MAX_TOLD + 1);
    assertThat(names.get(0).getKey()).isEqualTo("n7");
    assertThat(names.get(0).getClients()).isEqualTo(2);
    assertThat(names.get(ClientGroups.MAX_TOLD).getKey()).isEqualTo("other");
    assertThat(names.stream().mapToLong(ClientGroup::getClients).sum()).isEqualTo(3_001);
    assertThat(names.stream().mapToLong(ClientGroup::getOutputBufferBytes).sum()).isEqualTo(6_002);
  }

  @Test
  void keepsTheFewWithMostOfEachFigureLargestFirst() {
    ClientCensus census =
        read(
            client(1, "name= age=5 idle=4 tot-mem=10"),
            client(2, "name= age=9 idle=1 tot-mem=40"),
            client(3, "name= age=7 idle=9 tot-mem=20"),
            client(4, "name= age=1 idle=0 tot-mem=40"));
    assertThat(census.getTopByMemory()).extracting(ClientFacts::getId).containsExactly(2L, 4L, 3L);
    assertThat(census.getTopByIdle()).extracting(ClientFacts::getId).containsExactly(3L, 1L, 2L);
    assertThat(census.getTopByAge()).extracting(ClientFacts::getId).containsExactly(2L, 3L, 1L);
    assertThat(ClientListReader.read(client(1, "age=1").getBytes(UTF_8), 0).getTopByAge())
        .isEmpty();
  }

  @Test
  void cutsLongNamesAndReadsEveryKindOfAddress() {
    ClientCensus census =
        read(
            "id=1 addr=[2001:db8::1]:6379 name=" + "x".repeat(500),
            "id=2 addr=/run/redis.sock:0 name=",
            "id=3 addr=nowhere name=");
    assertThat(census.getByName()).extracting(ClientGroup::getKey).contains("x".repeat(64));
    assertThat(census.getByAddress())
        .extracting(ClientGroup::getKey)
        .containsExactlyInAnyOrder("[2001:db8::1]", "/run/redis.sock", "nowhere");
  }

  @Test
  void countsWhatIsNoClient() {
    ClientCensus census = read("hello", "", "id=1", client(1, "name= age=x idle=-4 omem="));
    assertThat(census.getUnreadableLines()).isEqualTo(2);
    assertThat(census.getClients()).isEqualTo(1);
    assertThat(census.getTopByAge().get(0).getAgeSeconds()).isZero();
    assertThat(census.getOutputBufferBytes()).isZero();
    byte[] noise = "addr=\u00ff\u0000 ==  =\nid=99999999999999999999 addr=: ".getBytes(ISO_8859_1);
    assertThat(ClientListReader.read(noise, 1).getClients()).isEqualTo(2);
  }
}
