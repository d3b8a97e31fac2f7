package io.emberwatch.runtime.kafka;

import io.emberwatch.runtime.config.ConfigReader;
import java.util.Map;

/**
 * How to reach the schema registry, by Confluent's own property names. {@code toString} names
 * secrets and does not show them.
 *
 * @param passThrough {@code schema.registry.url}, {@code basic.auth.user.info} and so on
 */
public record RegistrySettings(PassThrough passThrough) {

  private static final String URL = "schema.registry.url";

  /**
   * Reads all keys of the section; {@code schema.registry.url} is required. {@code
   * basic.auth.user.info}, {@code bearer.auth.token} and passwords are {@code {file: ..}} or {@code
   * {env: ..}}.
   */
  public static RegistrySettings read(ConfigReader section) {
    if (section.string(URL).contains("@")) {
      section.problem(URL, "must not hold a user or password; use basic.auth.user.info");
    }
    return new RegistrySettings(PassThrough.read(section, key -> true, KafkaKeys::isSecret));
  }

  /** An open registry, as in the same process; several URLs are separated by commas. */
  public static RegistrySettings plain(String url) {
    return new RegistrySettings(new PassThrough(Map.of(URL, url), Map.of()));
  }

  /** All properties with secrets as they are now; never log it. */
  public Map<String, Object> properties() {
    return passThrough.resolve();
  }
}
