package io.emberwatch.alerter.notify;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.Severity;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One configured receiver.
 *
 * @param minSeverity least severity that it is told of
 * @param maxPerSecond notices in a second, above 0
 * @param threads notices at a time, 1 to 16
 * @param webhook empty for the log
 */
public record ReceiverSettings(
    String name,
    Severity minSeverity,
    double maxPerSecond,
    int threads,
    Optional<WebhookSettings> webhook) {

  /** Ids of notices hold the name, and those must hold no dot. */
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(15);
  private static final double DEFAULT_PER_SECOND = 20;

  /** Kinds of receiver. */
  private enum Type {
    LOG,
    WEBHOOK
  }

  /** The log, told of everything. */
  public static ReceiverSettings log(String name) {
    return new ReceiverSettings(name, Severity.WARNING, 1000, 1, Optional.empty());
  }

  /** A webhook with the default rate, told of everything. */
  public static ReceiverSettings webhook(WebhookSettings webhook) {
    return new ReceiverSettings(
        webhook.name(), Severity.WARNING, DEFAULT_PER_SECOND, 2, Optional.of(webhook));
  }

  /** Reads one receiver; problems are left in the reader. */
  public static ReceiverSettings read(String name, ConfigReader section) {
    if (!name.matches(NAME)) {
      section.problem("type", "the receiver's name may hold a-z, 0-9 and -, 40 at most: " + name);
    }
    Type type = section.choice("type", Type.class);
    return new ReceiverSettings(
        name,
        section.choice("min-severity", Severity.class, Severity.WARNING),
        section.number("max-per-second", 0.01, 10_000, DEFAULT_PER_SECOND),
        (int) section.integer("threads", 1, 16, type == Type.WEBHOOK ? 2 : 1),
        type == Type.WEBHOOK ? Optional.of(webhook(name, section)) : Optional.empty());
  }

  /** The receiver itself. */
  public Receiver open(NoticeFormat format, Clock clock) {
    return webhook
        .<Receiver>map(settings -> new WebhookReceiver(settings, format, clock))
        .orElseGet(() -> new LogReceiver(name));
  }

  private static WebhookSettings webhook(String name, ConfigReader section) {
    List<Secret> secrets = new ArrayList<>();
    section.secret("secret").ifPresent(secrets::add);
    section.secret("previous-secret").ifPresent(secrets::add);
    for (Secret secret : secrets) {
      try {
        WebhookSignature.key(secret);
      } catch (RuntimeException e) {
        section.problem("secret", "cannot be used: " + e.getMessage());
      }
    }
    return new WebhookSettings(
        name,
        url(section),
        secrets,
        section.duration(
            "deadline", Duration.ofMillis(100), Duration.ofMinutes(2), DEFAULT_DEADLINE));
  }

  private static URI url(ConfigReader section) {
    String text = section.string("url");
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      section.problem("url", "is not an address");
      return URI.create("http://invalid");
    }
    section.problem("url", "must be an http or https address with a host");
    return URI.create("http://invalid");
  }
}
