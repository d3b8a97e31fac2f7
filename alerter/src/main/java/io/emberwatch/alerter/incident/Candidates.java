package io.emberwatch.alerter.incident;

import org.jspecify.annotations.Nullable;

/**
 * Incidents that an event may concern.
 *
 * @param holder the one that its fingerprint last belonged to, open or not; null when none
 * @param open the one that holds its slot; null when the slot is free
 * @param latest the one of its slot that was resolved last; null when there is none
 */
public record Candidates(
    @Nullable Incident holder, @Nullable Incident open, @Nullable Incident latest) {

  /** For a slot without history. */
  public static final Candidates NONE = new Candidates(null, null, null);
}
