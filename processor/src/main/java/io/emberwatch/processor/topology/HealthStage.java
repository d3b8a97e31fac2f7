package io.emberwatch.processor.topology;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.processor.health.HealthScope;
import io.emberwatch.processor.health.HealthUpdate;
import io.emberwatch.processor.health.Publication;
import io.emberwatch.processor.state.FiringRules;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Samples, silence and breaches to the latest health of instances, groups and fleets.
 *
 * <pre>
 * in     signals and instance breaches, by instance id; group breaches, by fleet/group
 * out    emberwatch.health, scope id to Health; a tombstone when the scope is forgotten
 * hops   published healths of instances, by fleet/group (health-by-group); those of groups, by
 *        fleet (health-by-fleet): a level sends what it publishes, not every sample
 * store  health-instance, health-group, health-fleet: scope id to the Health published last
 *        health-group-members, health-fleet-members: parent and member to the member's Health
 *        health-instance-firing, health-group-firing, health-fleet-firing: scope id to FiringRules,
 *        only while a rule fires
 *        all in memory with a changelog; about 400 bytes a Health, two for each instance
 * time   event time in the records; a group is folded each second and a fleet each 5 s of wall
 *        clock, and only if a member changed, so a sample costs nothing in a large fleet
 * late   a sample that is not newer than the last one changes nothing and is counted
 * </pre>
 */
public final class HealthStage {

  private static final Duration GROUP_INTERVAL = Duration.ofSeconds(1);
  private static final Duration FLEET_INTERVAL = Duration.ofSeconds(5);

  private static final String INSTANCE = "health-instance";
  private static final String GROUP = "health-group";
  private static final String FLEET = "health-fleet";
  private static final String BY_GROUP = "health-by-group";
  private static final String BY_FLEET = "health-by-fleet";

  private final StreamsBuilder builder;
  private final StageSerdes serdes;
  private final MeterRegistry meters;
  private final Publication publication;

  public HealthStage(
      StreamsBuilder builder, StageSerdes serdes, MeterRegistry meters, Publication publication) {
    this.builder = builder;
    this.serdes = serdes;
    this.meters = meters;
    this.publication = publication;
  }

  /** Folds and publishes the health of every scope. */
  public void apply(
      KStream<String, Signals> signals,
      KStream<String, Breach> instanceBreaches,
      KStream<String, AbsenceEvent> absences,
      KStream<String, Breach> groupBreaches) {
    KStream<String, Health> instances = instances(signals, instanceBreaches, absences);
    publish(instances, INSTANCE);
    KStream<String, HealthUpdate> groupUpdates =
        members(instances, BY_GROUP)
            .merge(
                groupBreaches.mapValues(HealthUpdate::of, Named.as("health-group-breach")),
                Named.as("health-group-merge"));
    KStream<String, Health> groups = rollup(groupUpdates, GROUP, GROUP_INTERVAL);
    publish(groups, GROUP);
    publish(rollup(members(groups, BY_FLEET), FLEET, FLEET_INTERVAL), FLEET);
  }

  private KStream<String, Health> instances(
      KStream<String, Signals> signals,
      KStream<String, Breach> breaches,
      KStream<String, AbsenceEvent> absences) {
    HealthStores stores = HealthStores.of(INSTANCE);
    addStore(stores.published(), Health.class);
    addStore(stores.firing(), FiringRules.class);
    return signals
        .mapValues(HealthUpdate::of, Named.as("health-instance-sample"))
        .merge(
            breaches.mapValues(HealthUpdate::of, Named.as("health-instance-breach")),
            Named.as("health-instance-merge-breaches"))
        .merge(
            absences.mapValues(HealthUpdate::of, Named.as("health-instance-absence")),
            Named.as("health-instance-merge-absences"))
        .process(
            () -> new InstanceHealthProcessor(stores, publication, meters),
            Named.as("health-instance-judge"),
            stores.published(),
            stores.firing());
  }

  private KStream<String, HealthUpdate> members(KStream<String, Health> healths, String name) {
    return healths
        .selectKey(HealthStage::parentId, Named.as(name + "-key"))
        .repartition(
            Repartitioned.<String, Health>as(name)
                .withKeySerde(serdes.key())
                .withValueSerde(serdes.repartition(name, Health.class)))
        .mapValues(HealthUpdate::of, Named.as(name + "-member"));
  }

  private KStream<String, Health> rollup(
      KStream<String, HealthUpdate> updates, String level, Duration interval) {
    HealthStores stores = HealthStores.of(level);
    addStore(stores.published(), Health.class);
    addStore(stores.members(), Health.class);
    addStore(stores.firing(), FiringRules.class);
    return updates.process(
        () -> new RollupProcessor(stores, publication, interval),
        Named.as(level + "-fold"),
        stores.published(),
        stores.members(),
        stores.firing());
  }

  /** A sink for each level: one sink of all would make one sub-topology of the three. */
  private void publish(KStream<String, Health> healths, String level) {
    healths
        .mapValues(HealthStage::orTombstone, Named.as(level + "-tombstone"))
        .to(
            Topics.HEALTH.name(),
            Produced.with(serdes.key(), serdes.value(Topics.HEALTH)).withName(level + "-sink"));
  }

  private <V extends SpecificRecord> void addStore(String store, Class<V> type) {
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(store), serdes.key(), serdes.state(store, type)));
  }

  private static String parentId(String scopeId, Health health) {
    return HealthScope.parentOf(health).id();
  }

  private static @Nullable Health orTombstone(Health health) {
    return Publication.isGone(health) ? null : health;
  }
}
