package io.emberwatch.local.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a local pipeline is made of.
 *
 * @param stateFolder where everything is kept; a second start goes on from it
 * @param targets what to watch
 * @param pagePort wanted port of the page; a free one is taken when it is in use
 * @param brokerPort wanted port of the broker, likewise
 * @param registryPort wanted port of the registry, likewise
 * @param rules a rules file over the shipped rules
 * @param overrides further settings by service ({@code collector}, {@code processor}, {@code
 *     alerter}), each {@code key=value}
 */
public record LocalSettings(
    Path stateFolder,
    TargetsDocument targets,
    int pagePort,
    int brokerPort,
    int registryPort,
    Optional<Path> rules,
    Map<String, List<String>> overrides) {

  /** Copies the overrides. */
  public LocalSettings {
    overrides = Map.copyOf(overrides);
  }

  List<String> overridesOf(String service) {
    return overrides.getOrDefault(service, List.of());
  }
}
