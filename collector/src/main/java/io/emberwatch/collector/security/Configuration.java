package io.emberwatch.collector.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.schemas.SettingChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a server at one look: values that may be told, and a {@link Fingerprint} of
 * all others, so that a change of them shows. Immutable.
 */
public final class Configuration {

  /** Valkey 9 has some 230; modules add theirs. */
  private static final int MAX_SETTINGS = 2_000;

  private static final int MAX_NAME_BYTES = 128;

  /** The longest real value, client-output-buffer-limit, has some 90. */
  private static final int MAX_VALUE_BYTES = 1_024;

  /** A longer value is hardly that of another server, too. */
  private static final int MAX_SHARED_CHARS = 32;

  private final Map<String, String> shown;
  private final Map<String, String> fingerprints;
  private final String hash;
  private final int withheld;

  private Configuration(
      Map<String, String> shown, Map<String, String> fingerprints, String hash, int withheld) {
    this.shown = shown;
    this.fingerprints = fingerprints;
    this.hash = hash;
    this.withheld = withheld;
  }

  /** Reads the reply of CONFIG GET: names and values in turn. */
  public static Configuration read(List<?> reply, Fingerprint fingerprint) {
    SortedMap<String, String> shown = new TreeMap<>();
    SortedMap<String, String> hashed = new TreeMap<>();
    Map<String, String> fingerprints = new HashMap<>();
    int withheld = 0;
    int pairs = Math.min(reply.size() / 2, MAX_SETTINGS);
    for (int i = 0; i < pairs; i++) {
      if (!(reply.get(2 * i) instanceof byte[] name)
          || !(reply.get(2 * i + 1) instanceof byte[] value)) {
        continue;
      }
      String setting = text(name, MAX_NAME_BYTES).intern();
      SettingCatalogue kind = SettingCatalogue.of(setting);
      if (kind == SettingCatalogue.SHOWN) {
        shown.put(setting, shared(text(value, MAX_VALUE_BYTES)));
      } else {
        fingerprints.put(setting, fingerprint.of(new String(value, UTF_8)));
      }
      if (kind == SettingCatalogue.HASHED) {
        hashed.put(setting, text(value, MAX_VALUE_BYTES));
      }
      withheld += kind == SettingCatalogue.WITHHELD ? 1 : 0;
    }
    hashed.putAll(shown);
    // Kept from look to look for each target: these copies take a quarter of a map of nodes.
    return new Configuration(Map.copyOf(shown), Map.copyOf(fingerprints), hash(hashed), withheld);
  }

  /** Settings whose values may be told, by name. */
  public Map<String, String> shown() {
    return shown;
  }

  /** SHA-256 over what is no secret. */
  public String hash() {
    return hash;
  }

  /** Settings that are neither shown nor hashed. */
  public int withheld() {
    return withheld;
  }

  /** What differs from an earlier look, by name. */
  public List<SettingChange> changesSince(Configuration before) {
    TreeSet<String> names = new TreeSet<>(shown.keySet());
    names.addAll(before.shown.keySet());
    names.addAll(fingerprints.keySet());
    names.addAll(before.fingerprints.keySet());
    List<SettingChange> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(mark(name), before.mark(name))) {
        changes.add(new SettingChange(name, before.shown.get(name), shown.get(name)));
      }
    }
    return changes;
  }

  private @Nullable String mark(String name) {
    String value = shown.get(name);
    return value == null ? fingerprints.get(name) : value;
  }

  private static String hash(SortedMap<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return Fingerprint.sha256(text.toString());
  }

  /** Thousands of servers have the same names and values: they are kept once. */
  private static String shared(String value) {
    return value.length() > MAX_SHARED_CHARS ? value : value.intern();
  }

  private static String text(byte[] bytes, int maxBytes) {
    return new String(bytes, 0, Math.min(bytes.length, maxBytes), UTF_8);
  }
}
