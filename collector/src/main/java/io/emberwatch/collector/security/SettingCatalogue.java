package io.emberwatch.collector.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What may be told of a setting: its value, its part in a hash, or nothing. What is not in {@code
 * settings.txt} could be a secret, as a module's password is, and is withheld.
 */
enum SettingCatalogue {
  SHOWN,
  HASHED,
  WITHHELD;

  private static final Map<String, SettingCatalogue> BY_NAME = load();

  static SettingCatalogue of(String name) {
    return BY_NAME.getOrDefault(name, WITHHELD);
  }

  private static Map<String, SettingCatalogue> load() {
    try (InputStream file = SettingCatalogue.class.getResourceAsStream("settings.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(file), UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.startsWith("+") || line.startsWith("="))
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(1), line -> line.startsWith("+") ? SHOWN : HASHED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
