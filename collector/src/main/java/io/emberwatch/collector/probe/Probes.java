package io.emberwatch.collector.probe;

import io.emberwatch.collector.target.Target;
import java.util.List;

/** Every source beside PING and INFO's core, in the order in which they are asked. */
public final class Probes {

  private Probes() {}

  /** New probes for one target. */
  public static List<Probe> of(Target target, String collectorId) {
    return List.of(
        InfoSectionsProbe.commands(),
        new SlowlogProbe(target, collectorId),
        new ConfigProbe(),
        new SentinelProbe(),
        new StreamsProbe(target.streams()),
        new ClientCensusProbe(target, collectorId));
  }
}
