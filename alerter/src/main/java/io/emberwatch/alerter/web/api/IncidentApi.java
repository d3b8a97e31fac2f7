package io.emberwatch.alerter.web.api;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.ledger.IncidentFile;
import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.ledger.Reply;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.web.request.Parameters;
import io.emberwatch.alerter.web.request.Refusal;
import io.emberwatch.alerter.web.request.Words;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists and reads incidents; acknowledges, resolves and notes. */
public final class IncidentApi {

  private static final int DEFAULT_LIMIT = 50;

  /**
   * One less than what the store gives at once: the one more tells whether there is a next page.
   */
  private static final int MAX_LIMIT = IncidentFilter.MAX_LIMIT - 1;

  private static final Set<String> PARAMETERS =
      Set.of("status", "severity", "cause", "fleet", "group", "limit", "cursor");

  private final Incidents incidents;

  public IncidentApi(Incidents incidents) {
    this.incidents = incidents;
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/incidents", this::list);
    routes.get("/api/v1/incidents/{id}", this::read);
    routes.post("/api/v1/incidents/{id}/acknowledge", this::acknowledge);
    routes.post("/api/v1/incidents/{id}/resolve", this::resolve);
    routes.post("/api/v1/incidents/{id}/notes", this::note);
  }

  private void list(Context context) {
    Parameters parameters = new Parameters(context.queryParamMap(), PARAMETERS);
    int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    List<Incident> found =
        incidents.list(
            new IncidentFilter(
                parameters.constants("status", IncidentStatus.class),
                parameters.constant("severity", Severity.class),
                parameters.constant("cause", CauseClass.class),
                parameters.text("fleet"),
                parameters.text("group"),
                parameters.incidentId("cursor"),
                limit + 1));
    List<Incident> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.get(page.size() - 1).id() : null;
    Json.answer(context, 200, new Page(page.stream().map(IncidentJson::of).toList(), next));
  }

  private void read(Context context) {
    String id = id(context);
    IncidentFile file = incidents.read(id).orElseThrow(() -> unknown(id));
    Json.answer(context, 200, IncidentFileJson.of(file));
  }

  private void acknowledge(Context context) {
    String id = id(context);
    Acknowledge body = Json.read(context, Acknowledge.class);
    answer(context, incidents.acknowledge(id, Words.actor(body.actor())));
  }

  private void resolve(Context context) {
    String id = id(context);
    Resolve body = Json.read(context, Resolve.class);
    String note = Words.optionalText("note", body.note());
    answer(context, incidents.resolve(id, Words.actor(body.actor()), note));
  }

  private void note(Context context) {
    String id = id(context);
    Note body = Json.read(context, Note.class);
    String text = Words.text("text", body.text());
    answer(context, incidents.note(id, Words.actor(body.actor()), text));
  }

  private static void answer(Context context, Reply reply) {
    if (reply instanceof Reply.Done done) {
      Json.answer(context, 200, new Outcome(true, IncidentJson.of(done.incident())));
    } else if (reply instanceof Reply.Unchanged unchanged) {
      Json.answer(context, 200, new Outcome(false, IncidentJson.of(unchanged.incident())));
    } else if (reply instanceof Reply.Conflict conflict) {
      throw Refusal.conflict(conflict.reason());
    } else if (reply instanceof Reply.NotFound missing) {
      throw unknown(missing.incidentId());
    }
  }

  private static String id(Context context) {
    String id = context.pathParam("id");
    if (!Parameters.isIncidentId(id)) {
      throw unknown(id);
    }
    return id;
  }

  private static Refusal unknown(String id) {
    return Refusal.notFound(
        Parameters.isIncidentId(id) ? "there is no incident " + id : "that is no incident's id");
  }

  /** One page; next is the cursor of the page after, null on the last. */
  private record Page(List<IncidentJson> incidents, @Nullable String next) {}

  /** Changed is false when it was so already. */
  private record Outcome(boolean changed, IncidentJson incident) {}

  private record Acknowledge(@Nullable String actor) {}

  private record Resolve(@Nullable String actor, @Nullable String note) {}

  private record Note(@Nullable String actor, @Nullable String text) {}
}
