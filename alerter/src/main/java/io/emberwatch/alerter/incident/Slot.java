package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.CauseClass;
import org.jspecify.annotations.Nullable;

/**
 * Place that holds at most one open incident: breaches of one replication group with one class of
 * cause belong together.
 *
 * @param group replication group; null for a slot of the whole fleet
 */
public record Slot(String fleet, @Nullable String group, CauseClass cause) {

  /** Text form, unique by slot: {@code fleet/group#CAUSE}. */
  public String key() {
    return place() + "#" + cause;
  }

  /** {@code fleet/group}, or the fleet. */
  public String place() {
    return group == null ? fleet : fleet + "/" + group;
  }
}
