package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.collector.dns.DnsLookup;
import io.emberwatch.collector.dns.DnsServer;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.DiscoveryMethod.Dns.Grouping;
import io.emberwatch.collector.target.DiscoveryMethod.Dns.Kind;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a DNS server on loopback. */
class DnsDiscovererTest {

  private DnsServer server;

  @BeforeEach
  void startsTheServer() throws Exception {
    server = new DnsServer();
  }

  @AfterEach
  void stopsTheServer() {
    server.close();
  }

  private DnsDiscoverer discoverer(Kind kind, Grouping grouping, String... names) {
    DiscoveryMethod.Dns method =
        new DiscoveryMethod.Dns(
            kind,
            Stream.of(names).map(ServerAddress::parse).toList(),
            grouping,
            List.of(server.address()));
    return new DnsDiscoverer(
        Discovery.of("f", "shop", method, TargetSettings.BUILT_IN),
        method,
        new DnsLookup(method.servers()));
  }

  private static List<String> look(DnsDiscoverer discoverer) throws Exception {
    return discoverer.discover().get(10, TimeUnit.SECONDS).stream()
        .map(Target::instanceId)
        .toList();
  }

  @Test
  void findsAllAddressesOfANameAndFollowsThem() throws Exception {
    server.addresses("redis.svc.local", "10.0.0.1", "10.0.0.2", "2001:db8::1");
    try (DnsDiscoverer discoverer =
        discoverer(Kind.ADDRESS, Grouping.NAME, "redis.svc.local:6380")) {
      assertThat(look(discoverer))
          .containsExactly(
              "f/shop/10.0.0.1:6380", "f/shop/10.0.0.2:6380", "f/shop/[2001:db8:0:0:0:0:0:1]:6380");
      server.addresses("redis.svc.local", "10.0.0.2", "10.0.0.3");
      assertThat(look(discoverer)).hasSize(4).contains("f/shop/10.0.0.1:6380");
      assertThat(look(discoverer)).containsExactly("f/shop/10.0.0.2:6380", "f/shop/10.0.0.3:6380");
    }
  }

  @Test
  void findsTheNamesAndPortsOfAService() throws Exception {
    server.services(
        "_redis._tcp.redis.svc.local",
        "redis-0.redis.svc.local:6379",
        "Redis-1.redis.svc.local:6400",
        ".:6379",
        "a/b.local:6379");
    try (DnsDiscoverer discoverer =
        discoverer(Kind.SRV, Grouping.SERVER, "_redis._tcp.redis.svc.local")) {
      assertThat(look(discoverer))
          .containsExactly(
              "f/shop-redis-0.redis.svc.local/redis-0.redis.svc.local:6379",
              "f/shop-redis-1.redis.svc.local/redis-1.redis.svc.local:6400");
    }
  }

  @Test
  void keepsTheGroupsOfSeveralNamesApart() throws Exception {
    server.addresses("a.local", "10.0.0.1");
    server.addresses("b.local", "10.0.0.2");
    try (DnsDiscoverer discoverer =
        discoverer(Kind.ADDRESS, Grouping.NAME, "a.local", "b.local", "none.local")) {
      assertThat(look(discoverer))
          .containsExactly("f/shop-a.local/10.0.0.1:6379", "f/shop-b.local/10.0.0.2:6379");
    }
  }

  @Test
  void saysSoWhenNobodyAnswersAndGoesOnAfterwards() throws Exception {
    server.addresses("redis.svc.local", "10.0.0.1");
    try (DnsDiscoverer discoverer = discoverer(Kind.ADDRESS, Grouping.NAME, "redis.svc.local")) {
      assertThat(look(discoverer)).hasSize(1);
      server.addresses("redis.svc.local");
      assertThatThrownBy(() -> look(discoverer))
          .hasCauseInstanceOf(DiscoveryException.class)
          .hasMessageContaining("redis.svc.local: no record");
      server.silent(true);
      assertThatThrownBy(() -> look(discoverer)).hasMessageContaining("no answer");
      server.silent(false);
      server.addresses("redis.svc.local", "10.0.0.2");
      assertThat(look(discoverer)).containsExactly("f/shop/10.0.0.1:6379", "f/shop/10.0.0.2:6379");
    }
  }
}
