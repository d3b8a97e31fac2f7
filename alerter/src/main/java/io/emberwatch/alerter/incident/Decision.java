package io.emberwatch.alerter.incident;

import java.util.List;

/**
 * What a machine decided about one incident.
 *
 * @param incident its new state
 * @param effects in the order in which they happened
 */
public record Decision(Incident incident, List<Effect> effects) {

  public Decision {
    effects = List.copyOf(effects);
  }
}
