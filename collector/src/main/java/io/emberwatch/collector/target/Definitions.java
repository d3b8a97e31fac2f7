package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigReader;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked for: servers by their address, and groups whose servers are to be found. What is
 * polled follows from it, see {@link TargetSource}.
 *
 * @param targets with distinct addresses
 * @param discoveries with distinct {@link Discovery#id}s
 */
public record Definitions(List<Target> targets, List<Discovery> discoveries) {

  /** Nothing is asked for. */
  public static final Definitions NONE = new Definitions(List.of(), List.of());

  public Definitions {
    targets = List.copyOf(targets);
    discoveries = List.copyOf(discoveries);
  }

  /**
   * Reads a targets document whole; {@code docs/targets.md} describes it.
   *
   * @throws ConfigException with every problem, each with its line and key
   */
  public static Definitions read(ConfigReader document) {
    return TargetDocument.read(document);
  }

  /** Instance ids of the targets, and ids of the discoveries. */
  public List<String> ids() {
    return Stream.concat(
            targets.stream().map(Target::instanceId), discoveries.stream().map(Discovery::id))
        .toList();
  }

  /** {@code 12 targets}, and how many discoveries if there are any. */
  public String summary() {
    String listed = targets.size() + " targets";
    return discoveries.isEmpty() ? listed : listed + ", " + discoveries.size() + " discoveries";
  }
}
