package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Entry;
import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the readers of one document have found and asked for: problems, and the keys asked for in
 * each mapping, from which unknown keys follow. Not thread-safe: a document is read by one thread.
 */
final class Ledger {

  private final List<ConfigProblem> problems = new ArrayList<>();
  private final IdentityHashMap<Mapping, Set<String>> asked = new IdentityHashMap<>();

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  void add(Place place, String key, String message) {
    problems.add(new ConfigProblem(place, key, message));
  }

  /** From here on, a key of this mapping that nobody asks for is unknown. */
  void opened(Mapping mapping) {
    asked.computeIfAbsent(mapping, any -> new TreeSet<>());
  }

  void asked(Mapping mapping, String key) {
    asked.computeIfAbsent(mapping, any -> new TreeSet<>()).add(key);
  }

  /** Every problem, with the keys below {@code root} that nobody asked for, by place. */
  List<ConfigProblem> problems(Mapping root) {
    List<ConfigProblem> all = new ArrayList<>(problems);
    unknown(root, "", all);
    return all.stream().distinct().sorted(Comparator.comparing(ConfigProblem::place)).toList();
  }

  private void unknown(Mapping mapping, String path, List<ConfigProblem> into) {
    Set<String> known = asked.getOrDefault(mapping, Set.of());
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              String full = join(path, key);
              if (known.contains(key)) {
                descend(entry.value(), full, into);
              } else {
                into.add(unknown(entry, key, full, known));
              }
            });
  }

  private void descend(ConfigNode node, String path, List<ConfigProblem> into) {
    if (node instanceof Mapping mapping && asked.containsKey(mapping)) {
      unknown(mapping, path, into);
    } else if (node instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        descend(sequence.items().get(i), path + "[" + i + "]", into);
      }
    }
  }

  private static ConfigProblem unknown(Entry entry, String key, String full, Set<String> known) {
    String hint =
        NearestKey.of(key, known)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse(
                known.isEmpty() ? "no key is known here" : "known: " + String.join(", ", known));
    return new ConfigProblem(entry.place(), full, "unknown key; " + hint);
  }
}
