package io.emberwatch.collector.probe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rights that a user of a collector needs on a server, as ACL SETUSER takes them. Pure. */
public final class AclRights {

  /** For every poll; a connection may stay without a name. */
  static final List<String> CORE = List.of("+ping", "+info", "+client|setname");

  /** What a subscription to keyspace notifications needs; the pattern is compared to the letter. */
  static final List<String> KEYSPACE_EVENTS = List.of("+psubscribe", "&__keyevent@*__:*");

  /** What a key census asks; it reads no value. */
  private static final List<String> KEY_CENSUS =
      List.of(
          "+select",
          "+scan",
          "+type",
          "+pttl",
          "+memory|usage",
          "+object|encoding",
          "+object|idletime",
          "+object|freq",
          "+strlen",
          "+llen",
          "+scard",
          "+zcard",
          "+hlen",
          "+xlen");

  private AclRights() {}

  /** What a census of keys needs on its own connection, as far as this release has it. */
  public static List<String> keyCensus(ServerFacts server) {
    List<String> rights = new ArrayList<>(KEY_CENSUS);
    if (server.speaksRedis(7, 2)) {
      rights.add("+client|no-touch");
    }
    if (server.isCluster()) {
      rights.add("+readonly");
    }
    rights.add(server.speaksRedis(7, 0) ? "%R~*" : "~*");
    return rights;
  }

  /**
   * What hot keys need beside the census. No right to stop a session: those that the collector
   * starts end by themselves, and those of others are not its business.
   */
  public static List<String> hotKeys(ServerFacts server) {
    return server.isRedis(8, 6)
        ? List.of("+hotkeys|get", "+hotkeys|start", "+hotkeys|reset")
        : List.of();
  }

  /**
   * What the search for a cluster's nodes needs beside the probes, as far as this release has it.
   */
  public static List<String> discovery(ServerFacts server) {
    List<String> rights = new ArrayList<>();
    if (server.isCluster() && server.speaksRedis(7, 0)) {
      rights.add("+cluster|shards");
    }
    if (server.isCluster() && server.speaksRedis(7, 2)) {
      rights.add("+cluster|myshardid");
    }
    return rights;
  }

  /**
   * The least rights for these probes, without a duplicate, in the order of the probes.
   *
   * @param discovery see {@link #discovery}
   * @param keyspaceEvents whether keyspace notifications are subscribed to
   */
  public static List<String> of(
      List<Probe> probes, List<String> discovery, boolean keyspaceEvents) {
    Set<String> rights = new LinkedHashSet<>(CORE);
    probes.forEach(probe -> rights.addAll(probe.grants()));
    rights.addAll(discovery);
    if (keyspaceEvents) {
      rights.addAll(KEYSPACE_EVENTS);
    }
    return new ArrayList<>(rights);
  }
}
