package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.schemas.ConfigFacts;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * CONFIG GET of the few settings that signals need. One name a request, since 7.0 alone takes more.
 */
public final class ConfigProbe implements Probe {

  private static final List<String> NAMES =
      List.of(
          "save", "slowlog-log-slower-than", "maxclients", "maxmemory", "notify-keyspace-events");

  @Override
  public String name() {
    return "config";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel();
  }

  @Override
  public List<String> grants() {
    return List.of("+config|get");
  }

  /** Refused, timed out or failed if the first request was; later ones may be missing. */
  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    List<CompletableFuture<ProbeOutcome<List<Object>>>> requests = new ArrayList<>();
    for (String name : NAMES) {
      requests.add(exchange.list(CommandType.CONFIG, "GET", name));
    }
    return CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
        .thenApply(done -> read(requests.stream().map(CompletableFuture::join).toList()));
  }

  private static ProbeOutcome<Finding> read(List<ProbeOutcome<List<Object>>> outcomes) {
    Map<String, String> settings = new HashMap<>();
    for (ProbeOutcome<List<Object>> outcome : outcomes) {
      outcome.answer().ifPresent(pair -> put(pair, settings));
    }
    return outcomes.get(0).map(first -> poll -> learn(settings, poll));
  }

  private static void learn(Map<String, String> settings, PollDraft poll) {
    ConfigFacts facts = facts(settings);
    leaveOutWhatInfoSays(facts, poll.server());
    poll.server().learn(facts, Optional.ofNullable(settings.get("notify-keyspace-events")));
    poll.sample().setConfig(facts);
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

  private static void put(List<Object> pair, Map<String, String> settings) {
    if (pair.size() == 2
        && pair.get(0) instanceof byte[] name
        && pair.get(1) instanceof byte[] value) {
      settings.put(new String(name, UTF_8), new String(value, UTF_8));
    }
  }
}
