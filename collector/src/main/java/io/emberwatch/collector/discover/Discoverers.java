package io.emberwatch.collector.discover;

import io.emberwatch.collector.cluster.ShardNames;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.dns.DnsLookup;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes the discoverer of each method. Thread-safe. */
public final class Discoverers implements Function<Discovery, Discoverer> {

  private final RedisConnector connector;

  /** By the id of the discovery: a changed setting must not rename its groups. */
  private final Map<String, ShardNames> shardNames = new ConcurrentHashMap<>();

  public Discoverers(RedisConnector connector) {
    this.connector = connector;
  }

  @Override
  public Discoverer apply(Discovery discovery) {
    DiscoveryMethod method = discovery.method();
    if (method instanceof DiscoveryMethod.Cluster cluster) {
      return new ClusterDiscoverer(
          discovery,
          cluster,
          new ClusterSeeds(discovery, connector),
          shardNames.computeIfAbsent(discovery.id(), any -> new ShardNames()));
    }
    if (method instanceof DiscoveryMethod.Sentinel sentinel) {
      return new SentinelDiscoverer(
          discovery, sentinel, new SentinelLinks(discovery, sentinel, connector));
    }
    if (method instanceof DiscoveryMethod.Dns dns) {
      return new DnsDiscoverer(discovery, dns, new DnsLookup(dns.servers()));
    }
    throw new IllegalStateException("no discoverer for " + method.name());
  }
}
