package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Entry;
import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Puts single values, named by a variable or a dotted path, over a tree. A name is matched against
 * the keys that are there, longest first. What follows a mapping that is empty or holds a dotted
 * key (a pass-through, such as {@code kafka.producer}) is one free key; a secret's mapping is
 * replaced by a variable's value.
 */
final class Overrides {

  private Overrides() {}

  /**
   * {@code name} without the service's prefix, such as {@code KAFKA_PRODUCER_LINGER_MS}.
   *
   * @return empty when the tree has no such key
   */
  static Optional<Mapping> variable(Mapping tree, String name, Scalar value) {
    return put(tree, name, '_', Overrides::variableName, value);
  }

  /** {@code path} such as {@code kafka.producer.linger.ms}; a list or mapping may be given. */
  static Optional<Mapping> path(Mapping tree, String path, ConfigNode value) {
    return put(tree, path, '.', UnaryOperator.identity(), value);
  }

  private static Optional<Mapping> put(
      Mapping tree, String name, char separator, UnaryOperator<String> spelling, ConfigNode value) {
    Entry entry = new Entry(value.place(), value);
    for (String key : longestFirst(tree)) {
      String spelled = spelling.apply(key);
      if (spelled.equals(name)) {
        return Optional.of(tree.with(key, entry));
      }
      Entry below = tree.entries().get(key);
      if (below != null
          && below.value() instanceof Mapping inner
          && name.startsWith(spelled + separator)) {
        Optional<Mapping> changed =
            put(inner, name.substring(spelled.length() + 1), separator, spelling, value);
        if (changed.isPresent()) {
          return changed.map(mapping -> tree.with(key, new Entry(below.place(), mapping)));
        }
      }
    }
    return isOpen(tree)
        ? Optional.of(tree.with(name.toLowerCase(Locale.ROOT).replace(separator, '.'), entry))
        : Optional.empty();
  }

  private static Iterable<String> longestFirst(Mapping tree) {
    Stream<String> keys = tree.entries().keySet().stream();
    return keys.sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static boolean isOpen(Mapping mapping) {
    return mapping.entries().isEmpty()
        || mapping.entries().keySet().stream().anyMatch(key -> key.indexOf('.') > 0);
  }

  private static String variableName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }
}
