package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.cluster.ClusterNode;
import io.emberwatch.collector.cluster.ShardsReply;
import io.emberwatch.collector.cluster.Views;
import io.emberwatch.collector.target.ServerAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClusterViewTest {

  private static final ServerAddress ASKED = ServerAddress.of("redis.example", 7000);

  private static Optional<String> address(String line, boolean encrypted, Object... membersFields) {
    List<ClusterNode> nodes = Views.nodes(line);
    ShardsReply listed =
        membersFields.length == 0
            ? ShardsReply.NONE
            : ShardsReply.parse(List.of(Views.map("nodes", List.of(Views.map(membersFields)))));
    return new ClusterView(ASKED, encrypted, false, nodes, listed)
        .address(nodes.get(0))
        .map(ServerAddress::toString);
  }

  private static String line(String address, String flags) {
    return Views.id('a') + " " + address + " " + flags + " - 0 0 1 connected";
  }

  @Test
  void isTheBusAddressWhereNothingElseIsAnnounced() {
    assertThat(address(line("10.0.0.1:6379@16379", "master"), false)).contains("10.0.0.1:6379");
    assertThat(address(line("2001:db8::1:6379@16379", "master,fail"), false))
        .contains("[2001:db8::1]:6379");
  }

  @Test
  void isTheAnnouncedEndpointAndThePortOfTheKindOfConnection() {
    Object[] member = {
      "id", Views.id('a'), "endpoint", "Redis-1.example", "port", 6379L, "tls-port", 7379L
    };
    String line = line("10.0.0.1:6379@16379,redis-1.example", "master");
    assertThat(address(line, false, member)).contains("redis-1.example:6379");
    assertThat(address(line, true, member)).contains("redis-1.example:7379");
  }

  @Test
  void isWhereItWasAskedWhenNoEndpointIsAnnouncedOnPurpose() {
    assertThat(
            address(
                line("10.0.0.1:6380@16380", "master"),
                false,
                "id",
                Views.id('a'),
                "endpoint",
                "",
                "port",
                6380L))
        .contains("redis.example:6380");
    assertThat(
            address(
                line("10.0.0.1:6380@16380", "master"),
                false,
                "id",
                Views.id('a'),
                "endpoint",
                "?",
                "port",
                6380L))
        .as("a host name that is not set")
        .contains("10.0.0.1:6380");
  }

  @Test
  void isWhereItWasAskedForANodeThatDoesNotKnowItself() {
    assertThat(address(line(":7000@17000", "myself,master"), false)).contains("redis.example:7000");
    assertThat(address(line(":7000@17000", "master"), false)).isEmpty();
  }

  @Test
  void isNowhereWhenItWasLost() {
    assertThat(address(line(":0@0", "master,noaddr"), false)).isEmpty();
    assertThat(address(line("10.0.0.1:6379@16379", "slave,noaddr"), false)).isEmpty();
  }
}
