package io.emberwatch.collector.fleet;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.Retirement;
import io.emberwatch.collector.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions that the group gave to this collector. Used by one thread. */
final class OwnedPartitions {

  private final SortedMap<Integer, OwnedPartition> partitions = new TreeMap<>();

  /** Partitions to be read from their beginning. */
  void add(Collection<TopicPartition> added) {
    added.forEach(partition -> partitions.put(partition.partition(), new OwnedPartition()));
  }

  void remove(Collection<TopicPartition> removed) {
    removed.forEach(partition -> partitions.remove(partition.partition()));
  }

  void clear() {
    partitions.clear();
  }

  int size() {
    return partitions.size();
  }

  /** Null: it is not ours any more. */
  @Nullable OwnedPartition get(TopicPartition partition) {
    return partitions.get(partition.partition());
  }

  /**
   * Marks those that were read to their end.
   *
   * @param isRead asked of each that was not before
   * @return whether there was any
   */
  boolean complete(IntPredicate isRead) {
    boolean any = false;
    for (Map.Entry<Integer, OwnedPartition> entry : partitions.entrySet()) {
      if (!entry.getValue().isComplete() && isRead.test(entry.getKey())) {
        entry.getValue().complete();
        any = true;
      }
    }
    return any;
  }

  boolean isComplete() {
    return partitions.values().stream().allMatch(OwnedPartition::isComplete);
  }

  /** What is in force, in the order of partitions and ids. */
  Definitions definitions() {
    List<Target> targets = new ArrayList<>();
    List<Discovery> discoveries = new ArrayList<>();
    for (OwnedPartition partition : partitions.values()) {
      for (Definitions one : partition.definitions()) {
        targets.addAll(one.targets());
        discoveries.addAll(one.discoveries());
      }
    }
    return new Definitions(targets, discoveries);
  }

  /** What was taken out since the last call. */
  List<Retirement> takeRetired() {
    List<Retirement> retired = new ArrayList<>();
    partitions.values().forEach(partition -> retired.addAll(partition.takeRetired()));
    return retired;
  }

  /** Keys whose last record cannot be used, and why. */
  SortedMap<String, String> problems() {
    SortedMap<String, String> problems = new TreeMap<>();
    partitions.values().forEach(partition -> problems.putAll(partition.problems()));
    return problems;
  }
}
