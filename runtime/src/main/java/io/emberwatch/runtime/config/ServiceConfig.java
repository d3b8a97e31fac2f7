package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's settings in four layers, later ones win: the commented reference in the jar, which
 * holds every key and default; the user's file; environment variables; {@code --set} flags. Every
 * value keeps the place that it was written at.
 */
public final class ServiceConfig {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceConfig.class);

  private ServiceConfig() {}

  /**
   * Merges the layers. Lists are replaced, mappings are merged key by key.
   *
   * @param referenceResourceName the reference file on the class path, seen from {@code anchor}
   * @param envPrefix such as {@code EMBERWATCH_COLLECTOR_}: {@code
   *     EMBERWATCH_COLLECTOR_KAFKA_BOOTSTRAP_SERVERS} sets {@code kafka.bootstrap-servers}. A
   *     variable that names no key is warned about and not refused: the service links of Kubernetes
   *     and secrets of other documents share the prefix.
   * @param overrides each {@code key=value}; a value that starts with {@code [} or <code>{</code>
   *     is a list or a mapping
   * @return a reader whose problems hold the faults of all layers; nothing is thrown for them
   * @throws IllegalArgumentException when the reference is not on the class path
   */
  public static ConfigReader load(
      String referenceResourceName,
      Class<?> anchor,
      Optional<Path> file,
      String envPrefix,
      Map<String, String> env,
      List<String> overrides) {
    Ledger ledger = new Ledger();
    Mapping tree =
        YamlTree.parse(referenceResourceName, reference(referenceResourceName, anchor), ledger);
    if (file.isPresent()) {
      tree = tree.under(ConfigFile.read(file.get(), ledger));
    }
    tree = withVariables(tree, envPrefix, new TreeMap<>(env));
    for (String override : overrides) {
      tree = withFlag(tree, override, ledger);
    }
    return ConfigReader.of(tree, ledger, env);
  }

  private static Mapping withVariables(Mapping tree, String prefix, Map<String, String> env) {
    Mapping result = tree;
    for (Map.Entry<String, String> variable : env.entrySet()) {
      String name = variable.getKey();
      if (name.length() > prefix.length() && name.startsWith(prefix)) {
        Scalar value = new Scalar(Place.env(name), variable.getValue(), false, Optional.of(name));
        Optional<Mapping> changed =
            Overrides.variable(result, name.substring(prefix.length()), value);
        if (changed.isEmpty()) {
          LOG.warn("event=config_variable_ignored name={} reason=names_no_key", name);
        }
        result = changed.orElse(result);
      }
    }
    return result;
  }

  private static Mapping withFlag(Mapping tree, String override, Ledger ledger) {
    int equals = override.indexOf('=');
    if (equals <= 0) {
      ledger.add(Place.flag("..."), "", "expected key=value");
      return tree;
    }
    String key = override.substring(0, equals).strip();
    String text = override.substring(equals + 1);
    Place place = Place.flag(key);
    boolean isTree = text.startsWith("[") || text.startsWith("{");
    ConfigNode value = isTree ? YamlTree.value(place, text, ledger) : Scalar.of(place, text);
    Optional<Mapping> changed = Overrides.path(tree, key, value);
    if (changed.isEmpty()) {
      ledger.add(place, key, "no such key");
    }
    return changed.orElse(tree);
  }

  private static String reference(String name, Class<?> anchor) {
    try (InputStream stream = anchor.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("no reference configuration " + name + " at " + anchor);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the reference configuration " + name, e);
    }
  }
}
