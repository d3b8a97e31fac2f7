package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a targets document whole: all that it defines, or all of its problems. */
final class TargetDocument {

  /** Names become parts of instance ids, record keys and URLs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final ConfigReader document;
  private final Map<String, Place> seen = new HashMap<>();
  private final List<Target> targets = new ArrayList<>();
  private final List<Discovery> discoveries = new ArrayList<>();

  private TargetDocument(ConfigReader document) {
    this.document = document;
  }

  /**
   * @throws ConfigException with every problem, each with its line and key
   */
  static Definitions read(ConfigReader document) {
    return new TargetDocument(document).read();
  }

  private Definitions read() {
    String fleet = document.string("fleet");
    requireName(document, "fleet", fleet);
    TargetSettings defaults =
        TargetSettings.read(document.section("defaults"), TargetSettings.BUILT_IN);
    boolean anything = false;
    for (Map.Entry<String, ConfigReader> group : document.namedSections("groups").entrySet()) {
      requireName(document.section("groups"), group.getKey(), group.getKey());
      anything |= readGroup(fleet, group.getKey(), group.getValue(), defaults);
    }
    if (!anything) {
      // A file that was emptied by accident must not end all watching.
      document.problem("groups", "no instance in any group, and none to discover; expected one");
    }
    document.check();
    return new Definitions(targets, discoveries);
  }

  private boolean readGroup(
      String fleet, String group, ConfigReader node, TargetSettings defaults) {
    TargetSettings settings = TargetSettings.read(node, defaults);
    List<ConfigReader> instances = node.sectionsOrValues("instances", "address");
    for (ConfigReader instance : instances) {
      TargetSettings own = TargetSettings.read(instance, settings);
      address(instance).ifPresent(address -> add(fleet, group, own, address));
    }
    DiscoveryDocument.read(node, fleet, group, settings)
        .filter(found -> areNames(fleet, group))
        .ifPresent(discoveries::add);
    return !instances.isEmpty() || node.has("discover");
  }

  private void add(String fleet, String group, TargetSettings settings, ServerAddress address) {
    if (areNames(fleet, group)) {
      targets.add(settings.target(fleet, group, address));
    }
  }

  private static boolean areNames(String fleet, String group) {
    return NAME.matcher(fleet).matches() && NAME.matcher(group).matches();
  }

  /** The address, unless it is missing, faulty or was seen before. */
  private Optional<ServerAddress> address(ConfigReader instance) {
    String text = instance.string("address");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      ServerAddress address = ServerAddress.parse(text);
      Place first = seen.putIfAbsent(address.canonical(), instance.place("address"));
      if (first != null) {
        instance.problem("address", "is watched already, see " + first);
        return Optional.empty();
      }
      return Optional.of(address);
    } catch (IllegalArgumentException e) {
      instance.problem("address", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void requireName(ConfigReader node, String key, String name) {
    if (node.has(key) && !NAME.matcher(name).matches()) {
      node.problem(
          key,
          "\"" + name + "\" is not a name; expected letters, digits, dots, dashes, underscores");
    }
  }
}
