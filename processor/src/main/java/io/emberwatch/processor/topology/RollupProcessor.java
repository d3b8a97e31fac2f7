package io.emberwatch.processor.topology;

import io.emberwatch.processor.health.Firing;
import io.emberwatch.processor.health.HealthScope;
import io.emberwatch.processor.health.HealthUpdate;
import io.emberwatch.processor.health.Publication;
import io.emberwatch.processor.health.Rollup;
import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the healths of members and folds those of the scopes that changed, at each tick of the wall
 * clock. After a start every scope counts as changed, since a change may not have been folded.
 */
final class RollupProcessor implements Processor<String, HealthUpdate, String, Health> {

  /** Ends the parent's id in the key of a member: no name holds it, so no prefix is ambiguous. */
  private static final char END_OF_PARENT = '\0';

  private final HealthStores stores;
  private final Publication publication;
  private final Duration interval;
  private final Set<HealthScope> changed = new LinkedHashSet<>();
  private @Nullable Wiring wiring;

  RollupProcessor(HealthStores stores, Publication publication, Duration interval) {
    this.stores = stores;
    this.publication = publication;
    this.interval = interval;
  }

  @Override
  public void init(ProcessorContext<String, Health> context) {
    Wiring wired =
        new Wiring(
            context,
            context.getStateStore(stores.published()),
            context.getStateStore(stores.members()),
            context.getStateStore(stores.firing()));
    wiring = wired;
    try (KeyValueIterator<String, Health> published = wired.published.all()) {
      published.forEachRemaining(entry -> changed.add(HealthScope.of(entry.value)));
    }
    context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> fold(wired, now));
  }

  @Override
  public void process(Record<String, HealthUpdate> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    if (record.value() instanceof HealthUpdate.Member update) {
      keepMember(wiring, record.key(), update.health());
      changed.add(HealthScope.parentOf(update.health()));
    } else if (record.value() instanceof HealthUpdate.Fired update) {
      keepFiring(wiring, record.key(), update.breach());
      changed.add(new HealthScope(update.breach().getFleet(), update.breach().getGroup()));
    }
  }

  private static void keepMember(Wiring wired, String parentId, Health member) {
    String key = parentId + END_OF_PARENT + member.getScopeId();
    if (Publication.isGone(member)) {
      wired.members.delete(key);
    } else {
      wired.members.put(key, member);
    }
  }

  private static void keepFiring(Wiring wired, String scopeId, Breach breach) {
    FiringRules before = wired.firing(scopeId);
    FiringRules firing = Firing.after(before, breach);
    if (firing.getRules().isEmpty()) {
      wired.firing.delete(scopeId);
    } else if (!firing.equals(before)) {
      wired.firing.put(scopeId, firing);
    }
  }

  /** A scope is taken off the list before it is folded: one that fails does not stop the others. */
  private void fold(Wiring wired, long now) {
    List<HealthScope> scopes = new ArrayList<>(changed);
    for (HealthScope scope : scopes) {
      changed.remove(scope);
      fold(wired, scope, now);
    }
  }

  private void fold(Wiring wired, HealthScope scope, long now) {
    Health last = wired.published.get(scope.id());
    Health next = Rollup.of(scope, wired.membersOf(scope), wired.firing(scope.id()), last);
    if (!publication.isDue(last, next)) {
      return;
    }
    if (Publication.isGone(next)) {
      wired.published.delete(scope.id());
      wired.firing.delete(scope.id());
    } else {
      wired.published.put(scope.id(), next);
    }
    wired.context.forward(new Record<>(scope.id(), next, now));
  }

  private record Wiring(
      ProcessorContext<String, Health> context,
      KeyValueStore<String, Health> published,
      KeyValueStore<String, Health> members,
      KeyValueStore<String, FiringRules> firing) {

    FiringRules firing(String scopeId) {
      return Objects.requireNonNullElse(firing.get(scopeId), Firing.NONE);
    }

    List<Health> membersOf(HealthScope scope) {
      List<Health> found = new ArrayList<>();
      try (KeyValueIterator<String, Health> entries =
          members.prefixScan(scope.id() + END_OF_PARENT, new StringSerializer())) {
        entries.forEachRemaining(entry -> found.add(entry.value));
      }
      return found;
    }
  }
}
