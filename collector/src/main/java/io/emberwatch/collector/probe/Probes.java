package io.emberwatch.collector.probe;

import io.emberwatch.collector.target.Target;
import java.util.ArrayList;
import java.util.List;

/** Every source beside PING and INFO's core, in the order in which they are asked. */
public final class Probes {

  private Probes() {}

  /** New probes for one target. */
  public static List<Probe> of(Target target, String collectorId) {
    ClusterNews clusterNews = new ClusterNews();
    List<Probe> probes = new ArrayList<>(InfoSectionsProbe.all());
    probes.addAll(
        List.of(
            new LatencyLatestProbe(),
            new LatencyHistogramProbe(),
            new SlowlogProbe(CommandLog.SLOWLOG, target, collectorId),
            new SlowlogProbe(CommandLog.SLOW, target, collectorId),
            new SlowlogProbe(CommandLog.LARGE_REQUEST, target, collectorId),
            new SlowlogProbe(CommandLog.LARGE_REPLY, target, collectorId),
            new ConfigProbe(target, collectorId),
            new ClusterInfoProbe(clusterNews),
            new ClusterNodesProbe(clusterNews),
            new ClusterLinksProbe(),
            new SlotStatsProbe(),
            new SlotMigrationsProbe(),
            new SentinelProbe(),
            new StreamsProbe(target.streams()),
            new ClientCensusProbe(target, collectorId),
            new MemoryStatsProbe(),
            new ModulesProbe(),
            new FunctionsProbe(),
            new AclLogProbe(target, collectorId),
            new AclListProbe(target, collectorId)));
    return List.copyOf(probes);
  }
}
