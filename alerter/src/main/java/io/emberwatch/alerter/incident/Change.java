package io.emberwatch.alerter.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An incident on its way to its next state, with the effects so far. */
final class Change {

  private final Instant now;
  private final List<Effect> effects = new ArrayList<>();
  private Incident incident;

  Change(Incident incident, Instant now) {
    this.incident = incident;
    this.now = now;
  }

  Incident incident() {
    return incident;
  }

  Instant now() {
    return now;
  }

  void to(UnaryOperator<Incident> next) {
    incident = next.apply(incident);
  }

  /** Adds a row to the timeline; a published kind makes a revision. */
  void record(TimelineKind kind, String actor, @Nullable String text) {
    if (kind.published().isPresent()) {
      incident = incident.nextRevision();
    }
    effects.add(new Effect.Recorded(kind, now, actor, text, incident));
  }

  void notify(NoticeKind kind, TimelineKind reason) {
    effects.add(new Effect.Notify(kind, reason, now, incident));
  }

  Decision decision() {
    return new Decision(incident, effects);
  }
}
