package io.emberwatch.alerter.notify;

import io.emberwatch.runtime.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A webhook.
 *
 * @param url http or https
 * @param secrets each {@code whsec_} and the base64 of 24 to 64 bytes; every one signs, so that one
 *     can be replaced while the other still counts; none = no signature
 * @param deadline of a whole attempt, connection to answer
 */
public record WebhookSettings(String name, URI url, List<Secret> secrets, Duration deadline) {

  public WebhookSettings {
    secrets = List.copyOf(secrets);
  }

  /** Without what may be secret in the address. */
  @Override
  public String toString() {
    return "WebhookSettings[" + name + " " + url.getHost() + "]";
  }
}
