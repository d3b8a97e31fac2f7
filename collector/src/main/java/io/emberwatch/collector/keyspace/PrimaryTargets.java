package io.emberwatch.collector.keyspace;

import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of the targets that opted in to keyspace events, those whose last sample says that they are
 * primaries. A replica fires an event for each change that it copies, so with both every change
 * would count twice; and it fires none when a key expires. A target whose role is not known yet
 * waits for its first sample; one that is lost keeps its last role. Thread-safe; a thread of its
 * own tells, so that {@link #accept} never blocks a poll.
 */
public final class PrimaryTargets implements Consumer<InstanceSample>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PrimaryTargets.class);

  private final Consumer<List<Target>> next;
  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "keyspace-primaries");
            thread.setDaemon(true);
            return thread;
          });

  private volatile List<Target> watched = List.of();

  /**
   * @param next takes the primaries after each change
   */
  public PrimaryTargets(Consumer<List<Target>> next) {
    this.next = next;
  }

  /** Takes a new snapshot of all targets. */
  public void watch(List<Target> targets) {
    watched = targets.stream().filter(target -> target.keyspaceEvents().isPresent()).toList();
    Set<String> ids = targets.stream().map(Target::instanceId).collect(Collectors.toSet());
    roles.keySet().retainAll(ids);
    tell();
  }

  /** Takes what a poll says of a target's role. */
  @Override
  public void accept(InstanceSample sample) {
    Role role = sample.getRole();
    if (role != Role.UNKNOWN && roles.put(sample.getInstanceId(), role) != role) {
      tell();
    }
  }

  /** Tells no more. */
  @Override
  public void close() {
    teller.shutdownNow();
  }

  private void tell() {
    try {
      teller.execute(() -> next.accept(primaries()));
    } catch (RejectedExecutionException stopped) {
      LOG.debug("event=keyspace_primaries_stopped");
    }
  }

  private List<Target> primaries() {
    return watched.stream()
        .filter(target -> roles.get(target.instanceId()) == Role.PRIMARY)
        .toList();
  }
}
