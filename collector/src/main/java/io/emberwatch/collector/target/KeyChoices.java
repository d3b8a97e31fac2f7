package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import java.util.List;

/**
 * What is looked at of the keys of a target, and in what form their names are published.
 *
 * @param naming of all that tell keys
 * @param events counting of their notifications
 * @param streams among them whose figures are wanted
 * @param census of all of them
 */
record KeyChoices(
    KeyNaming naming, KeyspaceChoice events, List<StreamKey> streams, CensusChoice census) {

  /** Keys are not looked at. */
  static final KeyChoices NONE =
      new KeyChoices(KeyNaming.DROPPED, KeyspaceChoice.OFF, List.of(), CensusChoice.OFF);

  /** The choices of one level. */
  static KeyChoices read(ConfigReader node, KeyChoices above) {
    KeyNaming naming = KeyNaming.read(node, above.naming);
    KeyspaceChoice events = KeyspaceChoice.read(node, naming, above.events);
    return new KeyChoices(
        naming,
        events,
        StreamKey.read(node, above.streams),
        CensusChoice.read(node, events.settings(), above.census));
  }

  /** Tells a target what to look at. */
  void applyTo(TargetBuilder target) {
    target.keyNamesAllowed(naming.policy() == KeyNaming.Policy.PLAIN).streams(streams);
    if (events.enabled()) {
      target.keyspaceEvents(events.settings());
    }
    if (census.enabled()) {
      target.keyCensus(census.settings());
    }
  }
}
