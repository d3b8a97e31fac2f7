package io.emberwatch.alerter.incident;

import io.emberwatch.schemas.IncidentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of an incident: OPEN while alerts gather, TRIGGERED once receivers are told,
 * ACKNOWLEDGED when somebody has taken it, RESOLVED when all alerts are over or somebody says so.
 *
 * <p>Pure: the same state, event and time give the same decisions, apart from the ids of new
 * incidents, which come from an injected source. Callers must drop events that the {@link
 * Watermark} of their fingerprint covers before they ask.
 */
public final class IncidentMachine {

  /** Actor of what no person did. */
  public static final String SYSTEM = "emberwatch";

  private final IncidentPolicy policy;
  private final Supplier<String> ids;
  private final Lifecycle lifecycle;

  /**
   * @param ids of new incidents, unique and in ascending order
   */
  public IncidentMachine(IncidentPolicy policy, Supplier<String> ids) {
    this.policy = policy;
    this.ids = ids;
    this.lifecycle = new Lifecycle(policy);
  }

  /**
   * Takes in one event that is newer than any other of its fingerprint.
   *
   * @return decisions by incident; the last one is about the incident that the event belongs to;
   *     empty for a resolve of nothing
   */
  public List<Decision> breach(Candidates candidates, BreachEvent event, Instant now) {
    Incident holder = candidates.holder();
    Optional<Alert> current =
        holder == null ? Optional.empty() : holder.activeAlert(event.problem().fingerprint());
    if (holder == null || current.isEmpty()) {
      return event.resolved() ? List.of() : List.of(place(candidates, event, now));
    }
    if (event.resolved()) {
      return List.of(lifecycle.resolveAlert(holder, current.get(), event.occurredAt(), now));
    }
    if (holder.open() || !breaksOut(current.get(), event)) {
      return List.of(lifecycle.update(holder, current.get(), event, now));
    }
    Decision left = lifecycle.leave(holder, current.get(), now);
    return List.of(left, place(candidates, event, now));
  }

  /** What is due at a timer; empty when the incident no longer waits for it or not yet. */
  public Optional<Decision> timer(Incident incident, TimerKind kind, Instant now) {
    Instant due = incident.deadlines().get(kind);
    if (due == null || now.isBefore(due)) {
      return Optional.empty();
    }
    Change change = new Change(incident.withDeadline(kind, null), now);
    switch (kind) {
      case GROUP_WAIT -> lifecycle.trigger(change);
      case RESOLVE_HOLD -> lifecycle.resolveIfQuiet(change);
      case STALE -> lifecycle.markStale(change);
    }
    return Optional.of(change.decision());
  }

  /** Somebody takes the incident. The first one wins; refused when it is resolved. */
  public Answer acknowledge(Incident incident, String actor, Instant now) {
    return switch (incident.status()) {
      case OPEN, TRIGGERED -> new Answer.Applied(lifecycle.acknowledge(incident, actor, now));
      case ACKNOWLEDGED -> new Answer.Unchanged(incident);
      case RESOLVED, UNKNOWN -> new Answer.Refused(incident, "the incident is resolved");
    };
  }

  /**
   * Somebody ends the incident, whether or not its alerts still fire. Those that do stay with it
   * and page no more, until one becomes worse or fires anew: that opens another incident.
   *
   * @param note why; null when nothing was said
   */
  public Answer resolve(Incident incident, String actor, @Nullable String note, Instant now) {
    if (!incident.open()) {
      return new Answer.Unchanged(incident);
    }
    Change change = new Change(incident, now);
    lifecycle.resolve(change, new Resolution(actor, now, true), note);
    return new Answer.Applied(change.decision());
  }

  /** Somebody writes something down, in any state. */
  public Answer note(Incident incident, String actor, String text, Instant now) {
    Change change = new Change(incident, now);
    change.record(TimelineKind.NOTED, actor, text);
    return new Answer.Applied(change.decision());
  }

  /** Whether the event is more than a person who resolved by hand had decided about. */
  private static boolean breaksOut(Alert alert, BreachEvent event) {
    return !alert.episodeId().equals(event.episodeId())
        || event.severity().compareTo(alert.severity()) > 0;
  }

  private Decision place(Candidates candidates, BreachEvent event, Instant now) {
    Incident open = candidates.open();
    if (open != null) {
      return lifecycle.join(open, event, now);
    }
    Incident latest = candidates.latest();
    return latest != null && mayReopen(latest, now)
        ? lifecycle.reopen(latest, event, now)
        : lifecycle.open(fresh(event, now), event, now);
  }

  private boolean mayReopen(Incident latest, Instant now) {
    Resolution resolution = latest.resolution();
    return resolution != null
        && !resolution.manual()
        && !now.isAfter(resolution.at().plus(policy.reopenWindow()));
  }

  private Incident fresh(BreachEvent event, Instant now) {
    return new Incident(
        ids.get(),
        event.problem().slot(),
        IncidentStatus.OPEN,
        event.severity(),
        Lifecycle.title(event.problem().slot(), event.finding()),
        now,
        null,
        null,
        0,
        0,
        new ArrayList<>(),
        Map.of());
  }
}
