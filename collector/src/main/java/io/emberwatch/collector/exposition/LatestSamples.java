package io.emberwatch.collector.exposition;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The latest sample of each target, with what a slower cadence has told before: details, and the
 * sections and arrays that were not due. What the same process said is completed, nothing else: a
 * restart or a changed role begins anew. Some 50 KB of heap a target. Thread-safe.
 */
final class LatestSamples {

  private final Map<String, InstanceSample> byAddress = new ConcurrentHashMap<>();

  /** Takes a sample, which is completed in place: it must have been published before. */
  void take(InstanceSample sample) {
    byAddress.merge(addressOf(sample), sample, LatestSamples::completed);
  }

  /** Whether this target is among those kept, or one more may be. */
  boolean hasRoom(InstanceSample sample, int most) {
    return byAddress.size() < most || byAddress.containsKey(addressOf(sample));
  }

  /** Forgets all targets but those at these addresses. */
  void keep(Set<String> addresses) {
    byAddress.keySet().retainAll(addresses);
  }

  /** The sample of the target at {@code host:port}. */
  Optional<InstanceSample> of(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  /** The last part of an instance id. */
  static String addressOf(InstanceSample sample) {
    String id = sample.getInstanceId();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** All of them. */
  Collection<InstanceSample> all() {
    return byAddress.values();
  }

  private static InstanceSample completed(InstanceSample before, InstanceSample next) {
    if (next.getState() == TargetState.UP && continues(before, next)) {
      completeSections(before, next);
    }
    return next;
  }

  private static boolean continues(InstanceSample before, InstanceSample next) {
    return before.getServer() != null
        && next.getServer() != null
        && before.getServer().getRunId() != null
        && before.getServer().getRunId().equals(next.getServer().getRunId())
        && before.getRole() == next.getRole();
  }

  private static void completeSections(IndexedRecord before, IndexedRecord next) {
    for (Schema.Field field : next.getSchema().getFields()) {
      Object then = before.get(field.pos());
      Object now = next.get(field.pos());
      if (now == null && isSection(then) && !field.name().equals("error")) {
        next.put(field.pos(), then);
      } else if (now instanceof IndexedRecord section && then instanceof IndexedRecord former) {
        completeDetails(former, section);
      }
    }
  }

  /**
   * Within a section what is absent is not so any more, but for details, and the parts of a view:
   * they were not due.
   */
  private static void completeDetails(IndexedRecord before, IndexedRecord next) {
    for (Schema.Field field : next.getSchema().getFields()) {
      Object then = before.get(field.pos());
      Object now = next.get(field.pos());
      if (now == null && (field.name().equals("detail") || isView(next))) {
        next.put(field.pos(), then);
      } else if (now instanceof IndexedRecord section && then instanceof IndexedRecord former) {
        completeDetails(former, section);
      }
    }
  }

  private static boolean isView(IndexedRecord section) {
    return section.getSchema().getName().endsWith("View");
  }

  private static boolean isSection(@Nullable Object value) {
    return value instanceof IndexedRecord || value instanceof Collection || value instanceof Map;
  }
}
