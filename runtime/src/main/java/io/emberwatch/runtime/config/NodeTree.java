package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import io.emberwatch.runtime.config.ConfigNode.Sequence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tree without its places: maps in the order written, lists, and texts. */
final class NodeTree {

  private NodeTree() {}

  static Map<String, Object> of(Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (isPresent(entry.value())) {
                values.put(key, value(entry.value()));
              }
            });
    return Collections.unmodifiableMap(values);
  }

  private static Object value(ConfigNode node) {
    if (node instanceof Mapping mapping) {
      return of(mapping);
    }
    if (node instanceof Sequence sequence) {
      return sequence.items().stream().filter(NodeTree::isPresent).map(NodeTree::value).toList();
    }
    return ((Scalar) node).text();
  }

  private static boolean isPresent(ConfigNode node) {
    return !(node instanceof Scalar scalar && scalar.isNull());
  }
}
