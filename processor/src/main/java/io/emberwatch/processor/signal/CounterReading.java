package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.field;
import static io.emberwatch.processor.signal.PairedSample.id;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.processor.state.Moment;
import io.emberwatch.schemas.CpuSection;
import io.emberwatch.schemas.EventLoop;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.ReplicationSection;
import io.emberwatch.schemas.ServerSection;
import io.emberwatch.schemas.StatsSection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Takes the cumulative figures out of a sample: the few that the next sample is compared with. */
final class CounterReading {

  private CounterReading() {}

  /** Null: the sample has no INFO, so there is nothing to compare the next one with. */
  static @Nullable Counters of(InstanceSample sample, Instant eventTime) {
    if (sample.getServer() == null && sample.getStats() == null) {
      return null;
    }
    Counters counters = new Counters();
    counters.setAt(moment(sample, eventTime));
    counters.setRunId(id(sample.getServer(), ServerSection::getRunId));
    counters.setUptimeSeconds(field(sample.getServer(), ServerSection::getUptimeInSeconds));
    counters.setCollectorId(sample.getCollectorId());
    counters.setCollectorConnects(sample.getCollectorConnects());
    readStats(sample.getStats(), counters);
    readCpu(sample.getCpu(), counters);
    ReplicationSection replication = sample.getReplication();
    counters.setReplicationOffset(field(replication, ReplicationSection::getMasterReplOffset));
    counters.setReplicationId(id(replication, ReplicationSection::getMasterReplid));
    return counters;
  }

  static Moment moment(InstanceSample sample, Instant eventTime) {
    return new Moment(
        micros(eventTime), field(sample.getServer(), ServerSection::getServerTimeUsec));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static void readStats(@Nullable StatsSection stats, Counters into) {
    if (stats == null) {
      return;
    }
    into.setCommands(stats.getTotalCommandsProcessed());
    into.setConnections(stats.getTotalConnectionsReceived());
    into.setRejectedConnections(stats.getRejectedConnections());
    into.setEvictedKeys(stats.getEvictedKeys());
    into.setExpiredKeys(stats.getExpiredKeys());
    into.setKeyspaceHits(stats.getKeyspaceHits());
    into.setKeyspaceMisses(stats.getKeyspaceMisses());
    into.setNetInputBytes(stats.getTotalNetInputBytes());
    into.setNetOutputBytes(stats.getTotalNetOutputBytes());
    into.setEvictionExceededMillis(stats.getTotalEvictionExceededTime());
    into.setEventLoopUsec(field(stats.getEventLoop(), EventLoop::getEventloopDurationSum));
  }

  private static void readCpu(@Nullable CpuSection cpu, Counters into) {
    if (cpu == null) {
      return;
    }
    into.setCpuActiveSeconds(seconds(cpu.getUsedActiveTimeMainThreadMicros(), 0L));
    into.setCpuMainThreadSeconds(
        seconds(cpu.getUsedCpuSysMainThreadMicros(), cpu.getUsedCpuUserMainThreadMicros()));
    into.setCpuAllThreadsSeconds(seconds(cpu.getUsedCpuSysMicros(), cpu.getUsedCpuUserMicros()));
  }

  private static @Nullable Double seconds(@Nullable Long aMicros, @Nullable Long bMicros) {
    return aMicros == null || bMicros == null ? null : (Double) ((aMicros + bMicros) / 1e6);
  }
}
