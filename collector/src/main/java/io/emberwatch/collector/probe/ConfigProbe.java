package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.ConfigHints;
import io.emberwatch.collector.security.Configuration;
import io.emberwatch.collector.security.Fingerprint;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.ConfigSnapshot;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.SecurityEventKind;
import io.emberwatch.schemas.SettingChange;
import io.emberwatch.schemas.topic.Topics;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * CONFIG GET of all settings: what signals need of them, the snapshot that is published at the
 * collector's first look and with each change, and an event that names what changed. What was
 * before the collector's start is not known to it. It looks again at once when INFO repeats a
 * setting with another value.
 */
public final class ConfigProbe implements Probe {

  private final Target target;
  private final String collectorId;
  private final SecurityEvents events;
  private final Fingerprint fingerprint = new Fingerprint();
  private @Nullable Configuration last;
  private ConfigHints seen = ConfigHints.NONE;

  /** A probe of one target. */
  public ConfigProbe(Target target, String collectorId) {
    this.target = target;
    this.collectorId = collectorId;
    this.events = new SecurityEvents(target, collectorId);
  }

  @Override
  public String name() {
    return "config";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(5);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel();
  }

  @Override
  public boolean isHinted(ServerFacts server) {
    return !server.configHints().equals(seen);
  }

  @Override
  public List<String> grants() {
    return List.of("+config|get");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.CONFIG, "GET", "*")
        .thenApply(
            outcome -> outcome.map(reply -> finding(Configuration.read(reply, fingerprint))));
  }

  private Finding finding(Configuration read) {
    return poll -> {
      ConfigFacts facts = facts(read.shown());
      leaveOutWhatInfoSays(facts, poll.server());
      poll.server().learn(facts, Optional.ofNullable(read.shown().get("notify-keyspace-events")));
      poll.sample().setConfig(facts);
      seen = poll.server().configHints();
      Configuration before = last;
      last = read;
      List<SettingChange> changes = before == null ? List.of() : read.changesSince(before);
      if (before == null || !changes.isEmpty()) {
        poll.emit(Topics.CONFIG, snapshot(read, poll));
      }
      events.drift(SecurityEventKind.CONFIG_CHANGED, changes, SecurityEvent::setSettings, poll);
    };
  }

  private ConfigSnapshot snapshot(Configuration read, PollDraft poll) {
    ConfigSnapshot snapshot = new ConfigSnapshot();
    snapshot.setInstanceId(target.instanceId());
    snapshot.setFleet(target.fleet());
    snapshot.setGroup(target.group());
    snapshot.setLabels(target.labels());
    snapshot.setCollectorId(collectorId);
    snapshot.setRunId(poll.server().runId().orElse(null));
    snapshot.setReadAt(poll.sample().getSampledAt());
    snapshot.setVersion(
        poll.server()
            .version()
            .map(number -> poll.server().engine().name().toLowerCase(Locale.ROOT) + " " + number)
            .orElse(null));
    snapshot.setSettings(read.shown());
    snapshot.setHash(read.hash());
    snapshot.setWithheld(read.withheld());
    return snapshot;
  }

  /** Each sample repeats the facts. */
  private static void leaveOutWhatInfoSays(ConfigFacts facts, ServerFacts server) {
    if (server.speaksRedis(6, 0)) {
      facts.setMaxclients(null);
    }
    if (server.speaksRedis(3, 2)) {
      facts.setMaxmemory(null);
    }
  }

  /** The settings' values as Redis spells them. */
  static ConfigFacts facts(Map<String, String> settings) {
    ConfigFacts facts = new ConfigFacts();
    facts.setSaveLongestIntervalSeconds(longestSaveInterval(settings.get("save")));
    facts.setSlowlogLogSlowerThanUsec(number(settings.get("slowlog-log-slower-than")));
    facts.setMaxclients(number(settings.get("maxclients")));
    facts.setMaxmemory(number(settings.get("maxmemory")));
    facts.setDatabases(number(settings.get("databases")));
    facts.setIoThreads(number(settings.get("io-threads")));
    return facts;
  }

  /** {@code "3600 1 300 100"} is pairs of seconds and changes; empty means no saves. */
  private static @Nullable Long longestSaveInterval(@Nullable String save) {
    if (save == null) {
      return null;
    }
    long longest = 0;
    String[] words = save.strip().split("\\s+", -1);
    for (int i = 0; i + 1 < words.length; i += 2) {
      Long seconds = number(words[i]);
      longest = Math.max(longest, seconds == null ? 0 : seconds);
    }
    return longest;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null || !text.matches("-?\\d{1,18}") ? null : Long.valueOf(text);
  }
}
