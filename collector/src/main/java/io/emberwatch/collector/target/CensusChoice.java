package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;

/** The section {@code key-census} of one level; off until a level says {@code enabled: true}. */
record CensusChoice(boolean enabled, KeyCensus settings) {

  static final CensusChoice OFF = new CensusChoice(false, KeyCensus.DEFAULTS);

  /** Prefixes and names are those of the keyspace events, so that both can be joined. */
  static CensusChoice read(ConfigReader node, KeyspaceEvents events, CensusChoice above) {
    return node.optionalSection("key-census")
        .map(
            section ->
                new CensusChoice(
                    section.bool("enabled", above.enabled),
                    KeyCensus.read(section, above.settings)))
        .orElse(above)
        .with(events.prefixes(), events.naming());
  }

  private CensusChoice with(PrefixRules prefixes, KeyNaming naming) {
    return new CensusChoice(enabled, settings.with(prefixes, naming));
  }
}
