package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.field;
import static io.emberwatch.processor.signal.PairedSample.id;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.LoadingSection;
import io.emberwatch.schemas.PersistenceSection;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.UpstreamSection;
import io.emberwatch.schemas.identity.InstanceAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who was sampled, when, and what the poll found. Never null where the sample is not. */
final class IdentitySignals {

  private IdentitySignals() {}

  /** A record with these fields set and all others null or false. */
  static Signals of(InstanceSample sample, Instant eventTime, Instant now) {
    Signals signals = new Signals();
    signals.setInstanceId(sample.getInstanceId());
    signals.setFleet(sample.getFleet());
    signals.setGroup(sample.getGroup());
    InstanceAddress address = InstanceAddress.of(sample.getInstanceId());
    signals.setHost(address.host());
    signals.setPort(address.port());
    signals.setLabels(sample.getLabels());
    signals.setTier(sample.getTier());
    signals.setTraceId(sample.getCollectorId() + "/" + sample.getSequence());
    signals.setSampledAt(eventTime);
    signals.setPollIntervalMillis(sample.getPollIntervalMillis());
    signals.setState(sample.getState());
    signals.setReachable(Reachability.of(sample.getState()));
    signals.setError(sample.getError());
    signals.setEngine(sample.getEngine());
    signals.setVersion(sample.getVersion());
    signals.setRole(sample.getRole());
    signals.setRunId(id(sample.getServer(), ServerSection::getRunId));
    signals.setUptimeSeconds(field(sample.getServer(), ServerSection::getUptimeInSeconds));
    signals.setReplicationId(id(sample.getReplication(), ReplicationSection::getMasterReplid));
    signals.setPrimaryAddress(primaryAddress(sample));
    signals.setRttUsec(sample.getPingUsec());
    signals.setTlsCertificateLeftSeconds(certificateLeft(sample, eventTime));
    signals.setFreshnessSeconds(freshness(eventTime, now));
    signals.setRefusedProbes(
        sample.getRefusedProbes().stream().map(RefusedProbe::getProbe).toList());
    setLoading(sample, signals);
    return signals;
  }

  private static @Nullable Long certificateLeft(InstanceSample sample, Instant eventTime) {
    Instant end = sample.getTlsCertificateNotAfter();
    return end == null ? null : Duration.between(eventTime, end).toSeconds();
  }

  /** {@code now - eventTime}, seconds, 0 or more. */
  static double freshness(Instant eventTime, Instant now) {
    return Math.max(0, Duration.between(eventTime, now).toNanos() / 1e9);
  }

  /** {@code master_host:master_port} of a replica. Null: not a replica, or not reported. */
  private static @Nullable String primaryAddress(InstanceSample sample) {
    ReplicationSection replication = sample.getReplication();
    if (sample.getRole() != Role.REPLICA || replication == null) {
      return null;
    }
    UpstreamSection upstream = replication.getUpstream();
    String host = field(upstream, UpstreamSection::getMasterHost);
    Long port = field(upstream, UpstreamSection::getMasterPort);
    return host == null || port == null ? null : host + ":" + port;
  }

  private static void setLoading(InstanceSample sample, Signals signals) {
    PersistenceSection persistence = sample.getPersistence();
    Boolean reported = field(persistence, PersistenceSection::getLoading);
    boolean loading = sample.getState() == TargetState.LOADING || Boolean.TRUE.equals(reported);
    signals.setLoading(loading);
    LoadingSection load = field(persistence, PersistenceSection::getLoad);
    if (loading) {
      signals.setLoadingPercent(field(load, LoadingSection::getLoadingLoadedPerc));
      signals.setLoadingEtaSeconds(field(load, LoadingSection::getLoadingEtaSeconds));
    }
  }
}
