package io.emberwatch.collector.census;

import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.probe.ServerVersion;
import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.MemorySection;
import io.emberwatch.schemas.Role;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a slice has to know of a server before it begins. Pure.
 *
 * @param runId identity of the process; a pass holds for one
 * @param keysByDb databases with keys
 * @param cluster whether it is a node of a cluster, of which a replica answers after READONLY only
 * @param byFrequency whether it evicts by frequency, and tells FREQ in place of IDLETIME
 * @param byUse whether it evicts by use at all, so that a look at a key could change what is
 *     evicted
 * @param hasHotKeys whether it knows HOTKEYS: Redis 8.6 and later, not Valkey
 * @param clockMillis its clock, epoch milliseconds; empty before 6.2
 */
record ServerState(
    String runId,
    Role role,
    SortedMap<Integer, Long> keysByDb,
    boolean cluster,
    boolean byFrequency,
    boolean byUse,
    boolean hasHotKeys,
    OptionalLong clockMillis) {

  /** From INFO; empty if that tells no run id, as of a server that is loading. */
  static Optional<ServerState> read(byte[] info) {
    InfoReply reply = InfoParser.parse(info);
    if (reply.runId().isEmpty() || reply.loading()) {
      return Optional.empty();
    }
    InstanceSample sample = new InstanceSample();
    reply.addTo(sample);
    MemorySection memory = sample.getMemory();
    String policy =
        memory == null || memory.getMaxmemoryPolicy() == null
            ? ""
            : memory.getMaxmemoryPolicy().name();
    SortedMap<Integer, Long> keysByDb = new TreeMap<>();
    if (sample.getKeyspace() != null) {
      sample.getKeyspace().stream()
          .filter(db -> db.getKeys() != null && db.getKeys() > 0)
          .forEach(db -> keysByDb.put(db.getDb(), db.getKeys()));
    }
    return Optional.of(
        new ServerState(
            reply.runId().get(),
            reply.role(),
            keysByDb,
            reply.clusterEnabled(),
            policy.endsWith("_LFU"),
            policy.endsWith("_LFU") || policy.endsWith("_LRU") || policy.endsWith("_LRM"),
            hasHotKeys(reply.engine(), reply.version()),
            clockMillis(sample)));
  }

  static boolean hasHotKeys(Engine engine, Optional<String> version) {
    return engine == Engine.REDIS
        && version.flatMap(ServerVersion::parse).filter(v -> v.isAtLeast(8, 6)).isPresent();
  }

  private static OptionalLong clockMillis(InstanceSample sample) {
    Long micros = sample.getServer() == null ? null : sample.getServer().getServerTimeUsec();
    return micros == null ? OptionalLong.empty() : OptionalLong.of(micros / 1000);
  }
}
