package io.emberwatch.local.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a local pipeline is made of.
 *
 * @param stateFolder where everything is kept; a second start goes on from it
 * @param targets what to watch
 * @param pagePort wanted port of the page; a free one is taken when it is in use
 * @param brokerPort wanted port of the broker, likewise
 * @param registryPort wanted port of the registry, likewise
 * @param services further settings by service ({@code collector}, {@code processor}, {@code
 *     alerter}), each {@code key=value}
 */
public record LocalSettings(
    Path stateFolder,
    TargetsDocument targets,
    int pagePort,
    int brokerPort,
    int registryPort,
    Map<String, List<String>> services) {

  /** Copies the settings. */
  public LocalSettings {
    services = Map.copyOf(services);
  }
}
