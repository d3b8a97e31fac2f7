package io.emberwatch.collector.connect;

import java.util.Set;

/** Commands whose second word says what they do; since 7.0 Redis counts them apart. Pure. */
public final class Containers {

  private static final Set<String> NAMES =
      Set.of(
          "acl",
          "client",
          "cluster",
          "command",
          "commandlog",
          "config",
          "debug",
          "function",
          "hotkeys",
          "latency",
          "memory",
          "module",
          "object",
          "pubsub",
          "script",
          "sentinel",
          "slowlog",
          "xgroup",
          "xinfo");

  private Containers() {}

  /** Whether this command, in lower case, takes a subcommand. */
  public static boolean contains(String command) {
    return NAMES.contains(command);
  }

  /** The container of {@code container|subcommand}; a plain command itself. */
  public static String of(String name) {
    int bar = name.indexOf('|');
    return bar < 0 ? name : name.substring(0, bar);
  }
}
