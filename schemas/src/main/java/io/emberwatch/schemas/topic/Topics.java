package io.emberwatch.schemas.topic;

import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ConfigSnapshot;
import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.KeyScan;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.TargetDefinition;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic of Emberwatch: the only place where one is named.
 *
 * <p>Topics keyed by instance have the same number of partitions, so an instance has the same
 * partition number in each and the processor scales to that number. Those that only carry changes
 * of state have fewer: their volume is a thousandth of the samples'.
 *
 * <p>Records of collectors have the broker's time: docs/decisions has the reasons.
 */
public final class Topics {

  private static final int INSTANCE_PARTITIONS = 12;

  /**
   * What the collectors are asked to watch. They share it by partition, so it has more of them than
   * an installation has collectors, and its share is even: each of five has 4 or 5 of 24.
   */
  public static final Topic<String, TargetDefinition> TARGETS =
      new Topic<>(
          "emberwatch.targets",
          String.class,
          TargetDefinition.class,
          24,
          Cleanup.COMPACT,
          Duration.ofDays(7),
          RecordTime.BROKER,
          "what to watch, without secrets; key: target id");

  /** One poll of one server. */
  public static final Topic<String, InstanceSample> SAMPLES =
      perInstance("samples", InstanceSample.class, 7, RecordTime.BROKER, "one poll of one server");

  /** Keyspace notifications of one server, counted over a second or more. */
  public static final Topic<String, KeyspaceEventSample> KEYSPACE_EVENTS =
      perInstance(
          "keyspace-events",
          KeyspaceEventSample.class,
          3,
          RecordTime.BROKER,
          "keyspace events of one server in one window: counts by db, event and prefix, and"
              + " sampled keys");

  /** What is known of a server's keys. */
  public static final Topic<String, KeyScan> KEY_SCANS =
      perInstance(
          "key-scans",
          KeyScan.class,
          14,
          RecordTime.BROKER,
          "one slice of a census of the keys of one server: databases, prefixes, types, memory,"
              + " expiry, the biggest keys; or a look at its hot keys");

  /** Slow commands. */
  public static final Topic<String, Slowlog> SLOWLOG =
      perInstance(
          "slowlog", Slowlog.class, 14, RecordTime.BROKER, "one slow or large command, redacted");

  /** Who is connected. */
  public static final Topic<String, ClientCensus> CLIENTS =
      perInstance(
          "clients",
          ClientCensus.class,
          3,
          RecordTime.BROKER,
          "clients of one server by name, user, library, address, database and class; the largest"
              + " by memory, idle time and age");

  /** Denied accesses, changed users, changed settings. */
  public static final Topic<String, SecurityEvent> SECURITY_EVENTS =
      perInstance(
          "security-events",
          SecurityEvent.class,
          30,
          RecordTime.BROKER,
          "denied accesses (ACL LOG), and changes of users or configuration");

  /** Configuration of every server. */
  public static final Topic<String, ConfigSnapshot> CONFIG =
      new Topic<>(
          "emberwatch.config",
          String.class,
          ConfigSnapshot.class,
          INSTANCE_PARTITIONS,
          Cleanup.COMPACT,
          Duration.ofDays(1),
          RecordTime.BROKER,
          "latest configuration of one server, without secrets; key: instance id");

  /** Derived signals of one sample. */
  public static final Topic<String, Signals> SIGNALS =
      perInstance(
          "signals", Signals.class, 3, RecordTime.PRODUCER, "derived signals of one sample");

  /** Signals over closed windows. */
  public static final Topic<String, Rate> RATES =
      perInstance(
          "rates",
          Rate.class,
          30,
          RecordTime.PRODUCER,
          "one signal over one closed window: count, min, max, mean, last, percentiles");

  /** Transitions of rules. */
  public static final Topic<String, Breach> BREACHES =
      new Topic<>(
          "emberwatch.breaches",
          String.class,
          Breach.class,
          6,
          Cleanup.DELETE,
          Duration.ofDays(30),
          RecordTime.PRODUCER,
          "one transition of one rule on one scope; key: scope id");

  /** Latest state of every instance, group and fleet. */
  public static final Topic<String, Health> HEALTH =
      new Topic<>(
          "emberwatch.health",
          String.class,
          Health.class,
          6,
          Cleanup.COMPACT,
          Duration.ofDays(1),
          RecordTime.PRODUCER,
          "latest state of an instance, group or fleet; key: scope id");

  /** Life of incidents, for downstream. */
  public static final Topic<String, Incident> INCIDENTS =
      new Topic<>(
          "emberwatch.incidents",
          String.class,
          Incident.class,
          3,
          Cleanup.DELETE,
          Duration.ofDays(90),
          RecordTime.PRODUCER,
          "state of one incident after one event of its life; key: incident id");

  /** Records that could not be processed. */
  public static final Topic<String, DeadLetter> DEAD_LETTERS =
      new Topic<>(
          "emberwatch.dead-letters",
          String.class,
          DeadLetter.class,
          3,
          Cleanup.DELETE,
          Duration.ofDays(30),
          RecordTime.PRODUCER,
          "a record that could not be processed, and why; key: that of the record");

  private static final List<Topic<String, ? extends SpecificRecord>> ALL =
      List.of(
          TARGETS,
          SAMPLES,
          KEYSPACE_EVENTS,
          KEY_SCANS,
          SLOWLOG,
          CLIENTS,
          SECURITY_EVENTS,
          CONFIG,
          SIGNALS,
          RATES,
          BREACHES,
          HEALTH,
          INCIDENTS,
          DEAD_LETTERS);

  private Topics() {}

  /** All topics, in the order in which data flows through them. */
  public static List<Topic<String, ? extends SpecificRecord>> all() {
    return ALL;
  }

  private static <V extends SpecificRecord> Topic<String, V> perInstance(
      String name, Class<V> valueType, int retentionDays, RecordTime recordTime, String content) {
    return new Topic<>(
        "emberwatch." + name,
        String.class,
        valueType,
        INSTANCE_PARTITIONS,
        Cleanup.DELETE,
        Duration.ofDays(retentionDays),
        recordTime,
        content + "; key: instance id");
  }
}
