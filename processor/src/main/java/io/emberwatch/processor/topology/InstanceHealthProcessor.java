package io.emberwatch.processor.topology;

import io.emberwatch.processor.health.Firing;
import io.emberwatch.processor.health.HealthUpdate;
import io.emberwatch.processor.health.InstanceHealth;
import io.emberwatch.processor.health.Publication;
import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the health of each instance and forwards those that are worth publishing. */
final class InstanceHealthProcessor implements Processor<String, HealthUpdate, String, Health> {

  private final HealthStores stores;
  private final Publication publication;
  private final Counter late;
  private @Nullable Wiring wiring;

  InstanceHealthProcessor(HealthStores stores, Publication publication, MeterRegistry meters) {
    this.stores = stores;
    this.publication = publication;
    this.late = LateSignals.of("health", meters);
  }

  @Override
  public void init(ProcessorContext<String, Health> context) {
    wiring =
        new Wiring(
            context,
            context.getStateStore(stores.published()),
            context.getStateStore(stores.firing()));
  }

  @Override
  public void process(Record<String, HealthUpdate> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    Health last = wiring.published.get(record.key());
    FiringRules firing = Objects.requireNonNullElse(wiring.firing.get(record.key()), Firing.NONE);
    Health next = null;
    if (record.value() instanceof HealthUpdate.Sampled update) {
      next = sampled(last, update.signals(), firing);
    } else if (record.value() instanceof HealthUpdate.Fired update) {
      next = fired(wiring, record.key(), last, update.breach(), firing);
    } else if (record.value() instanceof HealthUpdate.Forgotten update) {
      next = forgotten(wiring, record.key(), last, update.at());
    }
    if (next != null && publication.isDue(last, next)) {
      publish(wiring, record.withValue(next));
    }
  }

  private @Nullable Health sampled(@Nullable Health last, Signals signals, FiringRules firing) {
    boolean newer =
        last == null
            || last.getLastSampleAt() == null
            || signals.getSampledAt().isAfter(last.getLastSampleAt());
    if (!newer) {
      late.increment();
      return null;
    }
    return InstanceHealth.sampled(last, signals, firing);
  }

  private static @Nullable Health fired(
      Wiring wired, String instanceId, @Nullable Health last, Breach breach, FiringRules before) {
    FiringRules firing = Firing.after(before, breach);
    if (firing.equals(before)) {
      return null;
    }
    if (firing.getRules().isEmpty()) {
      wired.firing.delete(instanceId);
    } else {
      wired.firing.put(instanceId, firing);
    }
    return last == null ? null : InstanceHealth.rejudged(last, firing);
  }

  private static @Nullable Health forgotten(
      Wiring wired, String instanceId, @Nullable Health last, Instant at) {
    wired.firing.delete(instanceId);
    return last == null ? null : InstanceHealth.forgotten(last, at);
  }

  private static void publish(Wiring wired, Record<String, Health> record) {
    if (Publication.isGone(record.value())) {
      wired.published.delete(record.key());
    } else {
      wired.published.put(record.key(), record.value());
    }
    wired.context.forward(record);
  }

  private record Wiring(
      ProcessorContext<String, Health> context,
      KeyValueStore<String, Health> published,
      KeyValueStore<String, FiringRules> firing) {}
}
