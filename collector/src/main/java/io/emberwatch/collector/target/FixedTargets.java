package io.emberwatch.collector.target;

import io.emberwatch.runtime.lifecycle.Check;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Targets that another part of the process sets, as the all-in-one does. */
public final class FixedTargets implements TargetSource {

  private final List<Consumer<List<Target>>> listeners = new CopyOnWriteArrayList<>();
  private final Instant since;
  private volatile List<Target> targets;

  /**
   * @param since when they were set, for {@link #check}
   */
  public FixedTargets(List<Target> targets, Instant since) {
    this.targets = List.copyOf(targets);
    this.since = since;
  }

  /** Replaces the targets and tells the listeners, in this thread. */
  public void replace(List<Target> next) {
    List<Target> snapshot = List.copyOf(next);
    targets = snapshot;
    listeners.forEach(listener -> listener.accept(snapshot));
  }

  @Override
  public void start() {}

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void onChange(Consumer<List<Target>> listener) {
    listeners.add(listener);
  }

  @Override
  public Check check() {
    return new Check("targets", true, targets.size() + " targets", since);
  }

  @Override
  public void close() {}
}
