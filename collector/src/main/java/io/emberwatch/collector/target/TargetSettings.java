package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a target inherits: the file's defaults, its group's settings and its own are read by the
 * same function, each level on top of the one above.
 *
 * @param labels merged name by name
 */
public record TargetSettings(
    Duration pollInterval,
    Tier tier,
    Map<String, String> labels,
    Optional<Credentials> credentials,
    TlsChoice tls,
    KeyChoices keys,
    ClientCensusChoice clientCensus) {

  /** Shorter would make the collector the load; the budget is 2 % of one core. */
  private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(100);

  private static final Duration MAX_POLL_INTERVAL = Duration.ofHours(1);

  /** In force where the file says nothing. */
  public static final TargetSettings BUILT_IN =
      new TargetSettings(
          Duration.ofSeconds(15),
          Tier.UNSPECIFIED,
          Map.of(),
          Optional.empty(),
          TlsChoice.OFF,
          KeyChoices.NONE,
          ClientCensusChoice.DEFAULTS);

  /** The settings of one level. */
  static TargetSettings read(ConfigReader node, TargetSettings above) {
    return new TargetSettings(
        node.duration("poll-interval", MIN_POLL_INTERVAL, MAX_POLL_INTERVAL, above.pollInterval),
        node.choice("tier", Tier.class, above.tier),
        labels(node, above.labels),
        credentials(node, above.credentials),
        TlsChoice.read(node, above.tls),
        KeyChoices.read(node, above.keys),
        ClientCensusChoice.read(node, above.clientCensus));
  }

  /**
   * The target with these settings.
   *
   * @param address its scheme, if any, decides on TLS
   */
  public Target target(String fleet, String group, ServerAddress address) {
    TargetBuilder target =
        Target.builder(fleet, group, address.host(), address.port())
            .tier(tier)
            .labels(labels)
            .pollInterval(pollInterval)
            .clientCensus(clientCensus);
    credentials.ifPresent(target::credentials);
    if (address.tls().orElse(tls.enabled())) {
      target.tls(tls.settings());
    }
    keys.applyTo(target);
    return target.build();
  }

  /** These settings with TLS on or off, as the scheme of an address says. */
  TargetSettings encrypted(boolean on) {
    TlsChoice choice = new TlsChoice(on, tls.settings());
    return new TargetSettings(pollInterval, tier, labels, credentials, choice, keys, clientCensus);
  }

  /** These settings for sentinels, which have a login of their own and hold no keys. */
  TargetSettings ofSentinels(Optional<Credentials> login) {
    return new TargetSettings(
        pollInterval, tier, labels, login, tls, KeyChoices.NONE, clientCensus);
  }

  /** These settings with more labels; one that is there already stays as it is. */
  TargetSettings withLabels(Map<String, String> more) {
    Map<String, String> merged = new LinkedHashMap<>(more);
    merged.putAll(labels);
    return new TargetSettings(pollInterval, tier, merged, credentials, tls, keys, clientCensus);
  }

  private static Map<String, String> labels(ConfigReader node, Map<String, String> above) {
    Map<String, String> merged = new LinkedHashMap<>(above);
    merged.putAll(node.stringMap("labels"));
    return merged;
  }

  /** A user is told with a password of the same level or above; {@code password: {}} is none. */
  private static Optional<Credentials> credentials(ConfigReader node, Optional<Credentials> above) {
    Optional<String> user = node.optionalString("user");
    Optional<Secret> own = node.secret("password");
    Optional<Secret> password = node.has("password") ? own : above.map(Credentials::password);
    if (password.isEmpty()) {
      if (user.isPresent()) {
        node.problem("user", "a user needs a password: {file: path} or {env: NAME}");
      }
      return Optional.empty();
    }
    Optional<String> login = user.or(() -> above.flatMap(Credentials::user));
    return Optional.of(new Credentials(login, password.get()));
  }
}
