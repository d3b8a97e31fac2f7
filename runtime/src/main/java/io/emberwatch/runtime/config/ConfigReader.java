package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Entry;
import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import io.emberwatch.runtime.config.ConfigNode.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A cursor on one mapping of a configuration document. It never throws while reading: a missing or
 * faulty value is recorded as a problem and a harmless placeholder of the right type is returned,
 * so that {@link #check} can report everything at once. A key that was never asked for is a problem
 * too. A method without a fallback reads a required value; null in the document counts as absent.
 * Ranges are inclusive. Not thread-safe.
 */
public final class ConfigReader {

  private final Mapping root;
  private final Mapping node;
  private final String path;
  private final Ledger ledger;
  private final Map<String, String> env;
  private final boolean here;

  private ConfigReader(
      Mapping root,
      Mapping node,
      String path,
      Ledger ledger,
      Map<String, String> env,
      boolean here) {
    this.root = root;
    this.node = node;
    this.path = path;
    this.ledger = ledger;
    this.env = env;
    this.here = here;
  }

  static ConfigReader of(Mapping root, Ledger ledger, Map<String, String> env) {
    return new ConfigReader(root, root, "", ledger, Map.copyOf(env), true);
  }

  /** A document of its own; {@code sourceName} is the file named in problems. */
  public static ConfigReader ofYaml(String sourceName, String yaml) {
    return ofYaml(sourceName, yaml, System.getenv());
  }

  /** As {@link #ofYaml(String, String)}, with the environment that secrets are read from. */
  public static ConfigReader ofYaml(String sourceName, String yaml, Map<String, String> env) {
    Ledger ledger = new Ledger();
    return of(YamlTree.parse(sourceName, yaml, ledger), ledger, env);
  }

  /** A document of its own; a file that cannot be read is a problem of an empty document. */
  public static ConfigReader ofFile(Path file) {
    Ledger ledger = new Ledger();
    return of(ConfigFile.read(file, ledger), ledger, System.getenv());
  }

  /**
   * The same cursor on a document that another machine will use: whether the files and variables
   * that it names exist is not looked at, and secrets of the result have no value.
   */
  public ConfigReader forElsewhere() {
    return new ConfigReader(root, node, path, ledger, env, false);
  }

  /** Whether the files that the document names are those of this machine. */
  public boolean isForHere() {
    return here;
  }

  public String string(String key) {
    return required(key, ScalarType.string());
  }

  public String string(String key, String fallback) {
    return optional(key, ScalarType.string()).orElse(fallback);
  }

  public Optional<String> optionalString(String key) {
    return optional(key, ScalarType.string());
  }

  public boolean bool(String key) {
    return required(key, ScalarType.bool());
  }

  public boolean bool(String key, boolean fallback) {
    return optional(key, ScalarType.bool()).orElse(fallback);
  }

  public long integer(String key, long min, long max) {
    return required(key, ScalarType.integer(min, max));
  }

  public long integer(String key, long min, long max, long fallback) {
    return optional(key, ScalarType.integer(min, max)).orElse(fallback);
  }

  public double number(String key, double min, double max) {
    return required(key, ScalarType.number(min, max));
  }

  public double number(String key, double min, double max, double fallback) {
    return optional(key, ScalarType.number(min, max)).orElse(fallback);
  }

  public OptionalDouble optionalNumber(String key, double min, double max) {
    return optional(key, ScalarType.number(min, max)).stream()
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }

  /** Syntax: {@link DurationText}. */
  public Duration duration(String key, Duration min, Duration max) {
    return required(key, ScalarType.duration(min, max));
  }

  public Duration duration(String key, Duration min, Duration max, Duration fallback) {
    return optional(key, ScalarType.duration(min, max)).orElse(fallback);
  }

  public Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
    return optional(key, ScalarType.duration(min, max));
  }

  /** Syntax: {@link BytesText}. */
  public long bytes(String key, long min, long max) {
    return required(key, ScalarType.bytes(min, max));
  }

  public long bytes(String key, long min, long max, long fallback) {
    return optional(key, ScalarType.bytes(min, max)).orElse(fallback);
  }

  /** A constant's name in any case, with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return required(key, ScalarType.choice(type));
  }

  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return optional(key, ScalarType.choice(type)).orElse(fallback);
  }

  /** A list of texts, or one text split at its commas; empty when absent. */
  public List<String> strings(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isPresent() && entry.get().value() instanceof Scalar scalar) {
      return Arrays.stream(scalar.text().split(","))
          .map(String::strip)
          .filter(item -> !item.isEmpty())
          .toList();
    }
    List<String> texts = new ArrayList<>();
    for (ConfigNode item : items(key)) {
      if (item instanceof Scalar scalar && !scalar.isNull()) {
        texts.add(scalar.text());
      } else {
        ledger.add(item.place(), full(key), "expected a list of texts, found " + item.kind());
      }
    }
    return List.copyOf(texts);
  }

  /** Free keys with texts, in the order written; empty when absent. Keys may hold dots. */
  public Map<String, String> stringMap(String key) {
    ConfigReader section = section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : section.keys()) {
      texts.put(name, section.string(name, ""));
    }
    return Collections.unmodifiableMap(texts);
  }

  /** The mapping at {@code key}; an empty one when absent. */
  public ConfigReader section(String key) {
    return optionalSection(key).orElseGet(() -> at(Mapping.empty(place(key)), full(key)));
  }

  public Optional<ConfigReader> optionalSection(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isPresent() && !(entry.get().value() instanceof Mapping)) {
      wrongKind(key, entry.get(), "keys with values");
    }
    return entry
        .filter(found -> found.value() instanceof Mapping)
        .map(found -> at((Mapping) found.value(), full(key)));
  }

  /** A list of mappings, in the order written; empty when absent. */
  public List<ConfigReader> sections(String key) {
    return sections(key, item -> item);
  }

  /** As {@link #sections}, where a single value is short for a mapping of that one key. */
  public List<ConfigReader> sectionsOrValues(String key, String valueKey) {
    return sections(
        key,
        item ->
            item instanceof Scalar scalar && !scalar.isNull()
                ? new Mapping(scalar.place(), Map.of(valueKey, new Entry(scalar.place(), scalar)))
                : item);
  }

  private List<ConfigReader> sections(String key, UnaryOperator<ConfigNode> expand) {
    List<ConfigReader> sections = new ArrayList<>();
    List<ConfigNode> items = items(key);
    for (int i = 0; i < items.size(); i++) {
      String itemPath = full(key) + "[" + i + "]";
      if (expand.apply(items.get(i)) instanceof Mapping mapping) {
        sections.add(at(mapping, itemPath));
      } else {
        String found = items.get(i).kind();
        ledger.add(items.get(i).place(), itemPath, "expected keys with values, found " + found);
      }
    }
    return List.copyOf(sections);
  }

  /** Mappings by a free name, in the order written; empty when absent. */
  public Map<String, ConfigReader> namedSections(String key) {
    ConfigReader section = section(key);
    Map<String, ConfigReader> named = new LinkedHashMap<>();
    section.keys().forEach(name -> named.put(name, section.section(name)));
    return Collections.unmodifiableMap(named);
  }

  /**
   * A secret's source: {@code {file: path}}, relative to the file which says so, or {@code {env:
   * NAME}}; empty when absent or an empty mapping. The value never enters a problem's message.
   */
  public Optional<Secret> secret(String key) {
    return entry(key)
        .filter(entry -> !(entry.value() instanceof Mapping m && m.entries().isEmpty()))
        .flatMap(entry -> new SecretSource(ledger, env, here).read(full(key), entry));
  }

  /** Whether the key has a value; does not count as asking for it. */
  public boolean has(String key) {
    Entry entry = node.entries().get(key);
    return entry != null && !(entry.value() instanceof Scalar scalar && scalar.isNull());
  }

  /** The keys written in this mapping, in order. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(node.entries().keySet());
  }

  /**
   * What is written in this mapping, as maps, lists and texts; without the keys that have no value.
   * Does not count as asking for anything.
   */
  public Map<String, Object> tree() {
    return NodeTree.of(node);
  }

  /** Where the key is written, or this mapping's place when it is absent. */
  public Place place(String key) {
    Entry entry = node.entries().get(key);
    return entry == null ? node.place() : entry.place();
  }

  /** Where this mapping starts. */
  public Place place() {
    return node.place();
  }

  /** This mapping's full path, such as {@code groups.cache[2]}; empty for the document. */
  public String path() {
    return path;
  }

  /** Records a problem that only the caller can see, such as two values that contradict. */
  public void problem(String key, String message) {
    ledger.add(place(key), full(key), message);
  }

  /** Every problem of the whole document in line order, unknown keys included. */
  public List<ConfigProblem> problems() {
    return ledger.problems(root);
  }

  /**
   * To be called when everything is read.
   *
   * @throws ConfigException with all problems of the document, if there are any
   */
  public void check() {
    List<ConfigProblem> problems = problems();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private <T> T required(String key, ScalarType<T> type) {
    if (!has(key)) {
      ledger.asked(node, key);
      ledger.add(place(key), full(key), "is required; expected " + type.expected());
    }
    return optional(key, type).orElse(type.placeholder());
  }

  private <T> Optional<T> optional(String key, ScalarType<T> type) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (!(entry.get().value() instanceof Scalar scalar)) {
      wrongKind(key, entry.get(), type.expected());
      return Optional.empty();
    }
    Optional<T> value = type.parser().apply(scalar.text());
    if (value.isEmpty()) {
      String message = "\"" + scalar.text() + "\" is not allowed; expected " + type.expected();
      ledger.add(scalar.place(), full(key), message);
    }
    return value;
  }

  private List<ConfigNode> items(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      return List.of();
    }
    if (entry.get().value() instanceof Sequence sequence) {
      return sequence.items();
    }
    wrongKind(key, entry.get(), "a list");
    return List.of();
  }

  private Optional<Entry> entry(String key) {
    ledger.asked(node, key);
    return has(key) ? Optional.ofNullable(node.entries().get(key)) : Optional.empty();
  }

  private void wrongKind(String key, Entry entry, String expected) {
    String message = "expected " + expected + ", found " + entry.value().kind();
    ledger.add(entry.place(), full(key), message);
  }

  private ConfigReader at(Mapping mapping, String at) {
    ledger.opened(mapping);
    return new ConfigReader(root, mapping, at, ledger, env, here);
  }

  private String full(String key) {
    return Ledger.join(path, key);
  }
}
