package io.emberwatch.embedded.redis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the lines of a redis.conf. */
final class RedisConfig {
  private final List<List<String>> directives = new ArrayList<>();

  void add(String name, List<String> values) {
    List<String> directive = new ArrayList<>();
    directive.add(name);
    directive.addAll(values);
    directives.add(directive);
  }

  private void addUnlessGiven(List<List<String>> all, String name, String value) {
    if (directives.stream().noneMatch(d -> d.get(0).equalsIgnoreCase(name))) {
      all.add(List.of(name, value));
    }
  }

  /** The whole file: loopback only, no RDB snapshots and no wait for replicas, unless given. */
  String text(int port, Path folder, boolean sentinel) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("bind", RedisProcess.HOST));
    all.add(List.of("port", Integer.toString(port)));
    all.add(List.of("dir", folder.toString()));
    if (!sentinel) {
      addUnlessGiven(all, "save", "");
      // Otherwise 7.0 lets a new replica wait for 5 s, in case others come.
      addUnlessGiven(all, "repl-diskless-sync-delay", "0");
    }
    all.addAll(directives);
    return all.stream().map(RedisConfig::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(List<String> directive) {
    return directive.stream().map(RedisConfig::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (!word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\'')) {
      return word;
    }
    return '"'
        + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }
}
