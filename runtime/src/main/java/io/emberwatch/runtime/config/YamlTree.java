package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Entry;
import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import io.emberwatch.runtime.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 text to a tree that keeps every value's line. Faults (syntax, duplicate keys, sizes) go
 * to the ledger; the result is then what could be read, at worst an empty mapping.
 */
final class YamlTree {

  /** Room for 20,000 servers of 400 bytes each, twice. */
  static final int MAX_BYTES = 16 << 20;

  /** Bounds what aliases may expand to ("billion laughs"); 20,000 servers of 40 values fit. */
  static final int MAX_NODES = 1_000_000;

  private static final int MAX_DEPTH = 40;

  private final String source;
  private final Ledger ledger;
  private int nodes;

  private YamlTree(String source, Ledger ledger) {
    this.source = source;
    this.ledger = ledger;
  }

  /** The document's root mapping. */
  static Mapping parse(String source, String yaml, Ledger ledger) {
    Place start = new Place(source, 1, 1);
    ConfigNode root = new YamlTree(source, ledger).compose(yaml, start);
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    if (!(root instanceof Scalar scalar && scalar.isNull())) {
      ledger.add(root.place(), "", "expected keys with values, found " + root.kind());
    }
    return Mapping.empty(start);
  }

  /** One value, which may be a list or a mapping, as on a command line. */
  static ConfigNode value(Place place, String text, Ledger ledger) {
    ConfigNode node = new YamlTree(place.file(), ledger).compose(text, place);
    return relocate(node, place);
  }

  private ConfigNode compose(String yaml, Place start) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(new CoreSchema())
            .setUseMarks(true)
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      Optional<Node> root = new Compose(settings).composeString(yaml);
      return root.isPresent() ? convert(root.get(), "", 0) : Mapping.empty(start);
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(this::place).orElse(start);
      ledger.add(place, "", "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      ledger.add(start, "", "not valid YAML: " + e.getMessage());
    } catch (TooLarge e) {
      ledger.add(start, "", "the document is nested too deep, or its aliases expand to too much");
    }
    return Mapping.empty(start);
  }

  private ConfigNode convert(Node node, String path, int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new TooLarge();
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
      }
      return new Sequence(place(node), List.copyOf(items));
    }
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    return new Scalar(place(node), text, node.getTag().equals(Tag.NULL), Optional.empty());
  }

  private Mapping mapping(MappingNode node, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Place place = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        ledger.add(place, path, "a key must be a single value");
        continue;
      }
      String key = keyNode.getValue();
      String full = Ledger.join(path, key);
      Entry entry = new Entry(place, convert(tuple.getValueNode(), full, depth + 1));
      Entry first = entries.putIfAbsent(key, entry);
      if (first != null) {
        ledger.add(place, full, "written twice, first at " + first.place());
      }
    }
    return new Mapping(place(node), entries);
  }

  private Place place(Node node) {
    return node.getStartMark().map(this::place).orElseGet(() -> new Place(source, 0, 0));
  }

  private Place place(Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static ConfigNode relocate(ConfigNode node, Place place) {
    if (node instanceof Mapping mapping) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach((k, e) -> entries.put(k, new Entry(place, relocate(e.value(), place))));
      return new Mapping(place, entries);
    }
    if (node instanceof Sequence sequence) {
      return new Sequence(
          place, sequence.items().stream().map(item -> relocate(item, place)).toList());
    }
    Scalar scalar = (Scalar) node;
    return new Scalar(place, scalar.text(), scalar.isNull(), scalar.env());
  }

  /** Leaves the recursion of {@link #convert}; never leaves this class. */
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
