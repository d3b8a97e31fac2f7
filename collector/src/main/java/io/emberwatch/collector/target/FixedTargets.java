package io.emberwatch.collector.target;

import io.emberwatch.runtime.lifecycle.Check;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Definitions that another part of the process sets. */
public final class FixedTargets implements DefinitionSource {

  private final List<Consumer<Definitions>> listeners = new CopyOnWriteArrayList<>();
  private final Instant since;
  private volatile Definitions definitions;

  /**
   * @param since when they were set, for {@link #check}
   */
  public FixedTargets(List<Target> targets, Instant since) {
    this.definitions = new Definitions(targets, List.of());
    this.since = since;
  }

  /** Replaces the targets and tells the listeners, in this thread. */
  public void replace(List<Target> next) {
    replace(new Definitions(next, List.of()));
  }

  /** As {@link #replace(List)}, with discoveries. */
  public void replace(Definitions next) {
    definitions = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  @Override
  public void start() {}

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public void onChange(Consumer<Definitions> listener) {
    listeners.add(listener);
  }

  @Override
  public Check check() {
    return new Check("targets", true, definitions.summary(), since);
  }

  @Override
  public void close() {}
}
