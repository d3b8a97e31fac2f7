package io.emberwatch.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One node of a configuration tree; immutable, each with the place that it was written at. */
sealed interface ConfigNode {

  Place place();

  /** What a person calls this kind of node. */
  String kind();

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param isNull {@code ~}, {@code null} or nothing after the colon: the same as an absent key
   * @param env the environment variable that it came from, if any
   */
  record Scalar(Place place, String text, boolean isNull, Optional<String> env)
      implements ConfigNode {

    static Scalar of(Place place, String text) {
      return new Scalar(place, text, false, Optional.empty());
    }

    @Override
    public String kind() {
      return isNull ? "nothing" : "a single value";
    }
  }

  /** A list. */
  record Sequence(Place place, List<ConfigNode> items) implements ConfigNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in the order written. */
  record Mapping(Place place, Map<String, Entry> entries) implements ConfigNode {

    static Mapping empty(Place place) {
      return new Mapping(place, Map.of());
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    /** This mapping with one value replaced or added. */
    Mapping with(String key, Entry entry) {
      Map<String, Entry> next = new LinkedHashMap<>(entries);
      next.put(key, entry);
      return new Mapping(place, next);
    }

    /** This mapping under another: the other's values win, mappings merge key by key. */
    Mapping under(Mapping upper) {
      Map<String, Entry> merged = new LinkedHashMap<>(entries);
      upper.entries.forEach((key, entry) -> merged.merge(key, entry, Mapping::merge));
      return new Mapping(upper.entries.isEmpty() ? place : upper.place, merged);
    }

    /**
     * A secret has one source, so an upper {@code {env: ..}} replaces a lower {@code {file: ..}}.
     */
    private boolean isSecretSource() {
      return !entries.isEmpty() && Set.of("file", "env").containsAll(entries.keySet());
    }

    private static Entry merge(Entry lower, Entry upper) {
      if (lower.value() instanceof Mapping low
          && upper.value() instanceof Mapping high
          && !(low.isSecretSource() && high.isSecretSource())) {
        return new Entry(upper.place(), low.under(high));
      }
      return upper;
    }
  }

  /**
   * A value and the place of its key.
   *
   * @param place of the key
   */
  record Entry(Place place, ConfigNode value) {}
}
