package io.emberwatch.runtime.kafka;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Properties of a client that is not ours, by their own names. Those that hold a secret are read
 * from a file or the environment, and only when {@link #resolve} is called.
 *
 * @param plain values that may be shown
 * @param secrets values that may not
 */
public record PassThrough(Map<String, String> plain, Map<String, Secret> secrets) {

  public PassThrough {
    plain = Collections.unmodifiableMap(new LinkedHashMap<>(plain));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }

  /** The keys of {@code section} that {@code wanted} accepts; a null or empty value is left out. */
  static PassThrough read(
      ConfigReader section, Predicate<String> wanted, Predicate<String> isSecret) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String key : section.keys()) {
      if (!wanted.test(key)) {
        continue;
      }
      if (isSecret.test(key)) {
        section.secret(key).ifPresent(secret -> secrets.put(key, secret));
      } else {
        section.optionalString(key).ifPresent(value -> plain.put(key, value));
      }
    }
    return new PassThrough(plain, secrets);
  }

  /** All values as they are now; the result holds secrets and must not be logged. */
  Map<String, Object> resolve() {
    Map<String, Object> all = new LinkedHashMap<>(plain);
    secrets.forEach((key, secret) -> all.put(key, secret.reveal()));
    return all;
  }
}
