package io.emberwatch.alerter.web.page;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One instance as a row of texts.
 *
 * @param name host and port
 * @param trouble what is wrong with it; empty when nothing is
 * @param memoryPercent 0 to 100 for the meter; null when there is no limit
 * @param sampled null when no sample came yet
 */
record InstanceView(
    String id,
    String name,
    Labels.Badge badge,
    String trouble,
    String role,
    String version,
    String ops,
    String memory,
    @Nullable Integer memoryPercent,
    String clients,
    String hitRatio,
    String lag,
    Times.@Nullable Moment sampled) {

  static InstanceView of(Health health, Instant now) {
    Double memUtil = health.getMemUtil();
    String used = Figures.bytes(health.getUsedMemoryBytes());
    Instant sampled = health.getLastSampleAt();
    return new InstanceView(
        health.getScopeId(),
        name(health),
        Labels.state(health.getState()),
        trouble(health),
        health.getRole() == null ? Figures.NOTHING : Labels.sentence(health.getRole()),
        version(health),
        Figures.count(health.getOpsRate()),
        memUtil == null ? used : used + " · " + Figures.percent(memUtil),
        memUtil == null ? null : (int) Math.round(Math.max(0, Math.min(1, memUtil)) * 100),
        Figures.count(health.getConnectedClients()),
        Figures.percent(health.getHitRatio()),
        Figures.bytes(health.getLagBytes()),
        sampled == null ? null : Times.moment(sampled, now));
  }

  /** The error of the last poll, or the rules that fire. */
  static String trouble(Health health) {
    String error = health.getError();
    if (error != null && !error.isBlank()) {
      return error;
    }
    List<String> rules = health.getFiringRules();
    return health.getState() == HealthState.HEALTHY ? "" : String.join(", ", rules);
  }

  private static String name(Health health) {
    String prefix = health.getFleet() + "/" + health.getGroup() + "/";
    String id = health.getScopeId();
    return id.startsWith(prefix) ? id.substring(prefix.length()) : id;
  }

  private static String version(Health health) {
    if (health.getVersion() == null) {
      return Figures.NOTHING;
    }
    String engine = health.getEngine() == null ? "" : health.getEngine().name();
    return (engine.equals("REDIS") || engine.isEmpty() || engine.equals("UNKNOWN"))
        ? health.getVersion()
        : engine.charAt(0)
            + engine.substring(1).toLowerCase(Locale.ROOT)
            + " "
            + health.getVersion();
  }
}
