package io.emberwatch.collector.census;

import io.emberwatch.collector.census.HotKeysReading.Session;
import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.key.PrefixFinder;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.schemas.HotKey;
import io.emberwatch.schemas.HotKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Hot keys as they are published, their names in the form that the target asks for. Pure. */
final class HotKeysRecord {

  private HotKeysRecord() {}

  static HotKeys of(HotKeysAnswer answer, KeyCensus settings, KeyNames names) {
    HotKeys record = new HotKeys();
    record.setEnd(answer.end());
    answer.refusal().ifPresent(record::setRefusal);
    record.setKeys(List.of());
    answer.session().ifPresent(session -> fill(record, session, settings, names));
    return record;
  }

  private static void fill(HotKeys record, Session session, KeyCensus settings, KeyNames names) {
    record.setStarted(Instant.ofEpochMilli(session.startedMillis()));
    session.durationMillis().ifPresent(record::setDurationMillis);
    record.setSampleRatio((int) session.sampleRatio());
    session.cpuMicros().ifPresent(record::setCpuUsec);
    session.netBytes().ifPresent(record::setNetBytes);
    PrefixFinder finder = new PrefixFinder(settings.prefixes());
    // Most CPU time first, then those that only the network knows as hot.
    Set<ByteBuffer> hot = new LinkedHashSet<>(session.cpuMicrosByKey().keySet());
    hot.addAll(session.netBytesByKey().keySet());
    List<HotKey> keys = new ArrayList<>();
    for (ByteBuffer name : hot) {
      byte[] bytes = new byte[name.remaining()];
      name.duplicate().get(bytes);
      HotKey key = new HotKey();
      names.told(bytes).ifPresent(key::setKey);
      key.setPrefix(CensusTally.prefixOf(finder, bytes));
      key.setSampledCpuUsec(session.cpuMicrosByKey().get(name));
      key.setSampledNetBytes(session.netBytesByKey().get(name));
      keys.add(key);
    }
    record.setKeys(keys);
  }
}
