package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.StreamKey;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.StreamConsumer;
import io.emberwatch.schemas.StreamGroup;
import io.emberwatch.schemas.StreamStats;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** XINFO against real servers. */
class StreamsProbeIT {

  private static final List<StreamKey> STREAMS =
      List.of(
          new StreamKey("orders", 0),
          new StreamKey("plain", 0),
          new StreamKey("nowhere", 0),
          new StreamKey("orders", 5),
          new StreamKey("orders", 99));

  private static RedisConnector connector;

  @BeforeAll
  static void opensTheConnector() {
    connector = new RedisConnector("it", Duration.ofSeconds(5));
  }

  @AfterAll
  static void closesTheConnector() {
    connector.close();
  }

  private static ProbeOutcome<Finding> ask(Exchange exchange, ServerFacts facts, Probe probe)
      throws Exception {
    return probe.ask(exchange, facts).get(10, TimeUnit.SECONDS);
  }

  private static ServerFacts facts(Exchange exchange) throws Exception {
    ServerFacts facts = new ServerFacts();
    InfoProbe.run(exchange, facts).get(10, TimeUnit.SECONDS).answer().ifPresent(facts::learn);
    return facts;
  }

  private static List<StreamStats> streams(Exchange exchange, List<StreamKey> keys)
      throws Exception {
    ServerFacts facts = facts(exchange);
    StreamsProbe probe = new StreamsProbe(keys);
    assertThat(probe.appliesTo(facts)).isTrue();
    PollDraft draft = new PollDraft(new InstanceSample(), facts);
    ask(exchange, facts, probe).answer().orElseThrow().addTo(draft);
    return draft.sample().getStreams();
  }

  private static void fill(RedisProcess redis, int db) throws Exception {
    try (RespConnection commands = redis.connect(Duration.ofSeconds(5))) {
      commands.call("SELECT", "" + db);
      for (int i = 1; i <= 10; i++) {
        commands.call("XADD", "orders", i + "-1", "f", "v");
      }
      commands.call("XGROUP", "CREATE", "orders", "billing", "0");
      commands.call("XREADGROUP", "GROUP", "billing", "b1", "COUNT", "4", "STREAMS", "orders", ">");
      commands.call("SET", "plain", "x");
    }
  }

  @Test
  void tellsStreamsGroupsAndConsumersOfEachDatabaseAndComesBack() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      fill(redis, 0);
      fill(redis, 5);
      redis.call("XDEL", "orders", "7-1");
      redis.call("XADD", "orders", "11-1", "f", "v");
      try (Exchange exchange =
          connector.connect(Target.of("f", "g", "127.0.0.1", redis.port())).get()) {
        List<StreamStats> streams = streams(exchange, STREAMS);
        assertThat(streams)
            .extracting(StreamStats::getDb, StreamStats::getError)
            .containsExactly(
                tuple(0, null),
                tuple(0, "WRONGTYPE"),
                tuple(0, "NO_SUCH_KEY"),
                tuple(5, null),
                tuple(99, "ERR"));
        StreamStats first = streams.get(0);
        assertThat(first.getLength()).isEqualTo(10);
        assertThat(first.getEntriesAdded()).isEqualTo(11);
        assertThat(first.getMaxDeletedEntryId()).isEqualTo("7-1");
        assertThat(first.getLastGeneratedId()).isEqualTo("11-1");
        StreamGroup group = first.getTopGroups().get(0);
        assertThat(group.getPending()).isEqualTo(4);
        assertThat(group.getEntriesRead()).isEqualTo(4);
        // 7.0 gives null, since an entry that waits was deleted: 11 - 4, where 6 wait.
        assertThat(group.getLag()).isEqualTo(7);
        assertThat(group.getLagEstimated()).isTrue();
        assertThat(group.getTopConsumers())
            .extracting(StreamConsumer::getName, StreamConsumer::getPending)
            .containsExactly(tuple("b1", 4L));
        StreamStats other = streams.get(3);
        assertThat(other.getEntriesAdded()).isEqualTo(10);
        assertThat(other.getTopGroups().get(0).getLag()).isEqualTo(6);
        assertThat(other.getTopGroups().get(0).getLagEstimated()).isFalse();
        assertThat(
                new String(
                    exchange.bytes(CommandType.CLIENT, "LIST").get().answer().orElseThrow(), UTF_8))
            .contains(" db=0 ")
            .doesNotContain(" db=5 ");
        assertThat(exchange.sent()).containsEntry("select", 6L);
      }
    }
  }

  @Test
  void needsNoMoreRightsThanItSaysAndEachOfThem() throws Exception {
    try (RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis62()).start()) {
      fill(redis, 0);
      fill(redis, 5);
      List<StreamKey> keys = List.of(new StreamKey("orders", 0), new StreamKey("orders", 5));
      List<String> grants = new StreamsProbe(keys).grants();
      assertThat(grants)
          .containsExactly(
              "+xinfo|stream", "+xinfo|groups", "+xinfo|consumers", "+select", "~orders");
      try (Exchange exchange = login(redis, "whole", grants)) {
        assertThat(streams(exchange, keys)).extracting(StreamStats::getError).containsOnlyNulls();
      }
      for (String grant : grants) {
        List<String> fewer = new ArrayList<>(grants);
        fewer.remove(grant);
        try (Exchange exchange = login(redis, "without" + grants.indexOf(grant), fewer)) {
          assertThat(ask(exchange, facts(exchange), new StreamsProbe(keys)))
              .as("without " + grant)
              .isInstanceOfSatisfying(
                  Refused.class, refused -> assertThat(refused.code()).isEqualTo("NOPERM"));
          assertThat(exchange.bytes(CommandType.PING).get()).isInstanceOf(Answered.class);
        }
      }
    }
  }

  private static Exchange login(RedisProcess redis, String user, List<String> grants)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("ACL", "SETUSER", user, "on", ">pw", "-@all", "+ping", "+info"));
    command.addAll(grants);
    redis.call(command.toArray(String[]::new));
    Target target =
        Target.builder("f", "g", "127.0.0.1", redis.port())
            .credentials(new Credentials(Optional.of(user), Secret.ofValue("test", "pw")))
            .build();
    return connector.connect(target).get();
  }
}
