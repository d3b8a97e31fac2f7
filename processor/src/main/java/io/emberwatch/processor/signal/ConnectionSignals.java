package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.field;
import static io.emberwatch.processor.signal.PairedSample.orZero;
import static io.emberwatch.processor.signal.PairedSample.share;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.ClientsSection;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Signals;
import org.jspecify.annotations.Nullable;

/** Client connections: how many, how close to the limit, how short-lived. Source: INFO clients. */
final class ConnectionSignals {

  private ConnectionSignals() {}

  static void write(PairedSample seen, Signals into) {
    ClientsSection clients = seen.sample().getClients();
    into.setConnectedClients(field(clients, ClientsSection::getConnectedClients));
    into.setBlockedClients(field(clients, ClientsSection::getBlockedClients));
    into.setConnUtil(utilisation(seen.sample()));
    Double churn = churn(seen.pair());
    into.setConnChurn(churn);
    into.setChurnRatio(churnRatio(churn, into.getOpsRate()));
    into.setRejectedRate(seen.rate(Counters::getRejectedConnections));
    into.setRejectedConnections(seen.delta(Counters::getRejectedConnections));
  }

  /**
   * {@code (connected_clients+connected_slaves+cluster_connections)/maxclients}, 0 to 1: all three
   * count against the limit. A term that the server does not report is 0. Null: no limit is known.
   */
  static @Nullable Double utilisation(InstanceSample sample) {
    ClientsSection clients = sample.getClients();
    if (clients == null || clients.getConnectedClients() == null) {
      return null;
    }
    long used =
        clients.getConnectedClients()
            + orZero(field(sample.getReplication(), ReplicationSection::getConnectedSlaves))
            + orZero(clients.getClusterConnections());
    Long limit = clients.getMaxclients();
    return share(
        used, limit != null ? limit : field(sample.getConfig(), ConfigFacts::getMaxclients));
  }

  /** Connections accepted per second without the collector's own, 0 or more. Null: unknown. */
  static @Nullable Double churn(@Nullable SamplePair pair) {
    Long received = pair == null ? null : pair.delta(Counters::getConnections);
    if (pair == null || received == null) {
      return null;
    }
    return Math.max(0, received - ownConnects(pair.before(), pair.after())) / pair.seconds();
  }

  /**
   * The collector counts its connects from its own start, so after a change or restart of the
   * collector all that it has made so far are taken to lie in this interval.
   */
  private static long ownConnects(Counters before, Counters after) {
    boolean sameRun =
        before.getCollectorId().equals(after.getCollectorId())
            && before.getCollectorConnects() <= after.getCollectorConnects();
    return after.getCollectorConnects() - (sameRun ? before.getCollectorConnects() : 0);
  }

  /** Connections per command, 0 or more. Null: no commands, or unknown. */
  private static @Nullable Double churnRatio(@Nullable Double churn, @Nullable Double opsRate) {
    return churn == null || opsRate == null || opsRate <= 0 ? null : (Double) (churn / opsRate);
  }
}
