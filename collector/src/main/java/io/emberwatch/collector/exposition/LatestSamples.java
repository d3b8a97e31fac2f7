package io.emberwatch.collector.exposition;

import io.emberwatch.schemas.InstanceSample;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The latest sample of each target, with what a slower cadence has told before: details, and the
 * sections and arrays that were not due. Thread-safe.
 */
final class LatestSamples {

  private final Map<String, SampleTrail> byAddress = new ConcurrentHashMap<>();

  /** Takes a sample and its encoding. */
  void take(InstanceSample sample, ByteBuffer encoded) {
    byAddress.merge(
        addressOf(sample.getInstanceId()), SampleTrail.of(sample, encoded), SampleTrail::with);
  }

  /** Forgets one target. */
  void forget(String address) {
    byAddress.remove(address);
  }

  /** Forgets all targets but those at these addresses. */
  void keep(Set<String> addresses) {
    byAddress.keySet().retainAll(addresses);
  }

  /** The sample of the target at {@code host:port}. */
  Optional<InstanceSample> of(String address) {
    return Optional.ofNullable(byAddress.get(address)).map(SampleTrail::latest);
  }

  /** Number of targets. */
  int size() {
    return byAddress.size();
  }

  /** All of them. */
  Stream<InstanceSample> all() {
    return byAddress.values().stream().map(SampleTrail::latest);
  }

  /** The last part of an instance id. */
  static String addressOf(String instanceId) {
    return instanceId.substring(instanceId.lastIndexOf('/') + 1);
  }
}
