package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.web.request.Parameters;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /incidents}: open ones first, then what was resolved lately; or what a filter asks for.
 */
final class IncidentList {

  private static final Set<String> PARAMETERS =
      Set.of("show", "severity", "cause", "fleet", "group", "cursor");
  private static final int PAGE = 50;
  private static final int RECENT = 10;

  private final Templates templates;
  private final Incidents incidents;

  IncidentList(Templates templates, Incidents incidents) {
    this.templates = templates;
    this.incidents = incidents;
  }

  /** Which incidents, by how they stand. */
  private enum Show {
    OPEN("Open"),
    UNTAKEN("Open, not taken"),
    ACKNOWLEDGED("Acknowledged"),
    RESOLVED("Resolved"),
    ALL("All");

    private final String label;

    Show(String label) {
      this.label = label;
    }

    Set<IncidentStatus> statuses() {
      return switch (this) {
        case OPEN ->
            Set.of(IncidentStatus.OPEN, IncidentStatus.TRIGGERED, IncidentStatus.ACKNOWLEDGED);
        case UNTAKEN -> Set.of(IncidentStatus.OPEN, IncidentStatus.TRIGGERED);
        case ACKNOWLEDGED -> Set.of(IncidentStatus.ACKNOWLEDGED);
        case RESOLVED -> Set.of(IncidentStatus.RESOLVED);
        case ALL -> Set.of();
      };
    }
  }

  /** One choice of a select. */
  record Choice(String value, String label, boolean chosen) {}

  void render(Context context) {
    Parameters parameters = new Parameters(context.queryParamMap(), PARAMETERS);
    Show given = parameters.constant("show", Show.class);
    Severity severity = parameters.constant("severity", Severity.class);
    CauseClass cause = parameters.constant("cause", CauseClass.class);
    String fleet = parameters.text("fleet");
    String group = parameters.text("group");
    String cursor = parameters.incidentId("cursor");
    Show show = given == null ? Show.OPEN : given;
    IncidentFilter filter =
        new IncidentFilter(show.statuses(), severity, cause, fleet, group, cursor, PAGE + 1);
    List<Incident> found = incidents.list(filter);
    List<Incident> page = found.subList(0, Math.min(PAGE, found.size()));
    boolean more = found.size() > PAGE;

    Map<String, Object> model = new HashMap<>();
    model.put("heading", show.label);
    model.put("rows", rows(page));
    model.put("recent", given == null && cursor == null ? recent(filter) : List.of());
    model.put("shows", shows(show));
    model.put("severity", severity == null ? "" : word(severity));
    model.put("causes", causes(cause));
    model.put("fleet", Objects.requireNonNullElse(fleet, ""));
    model.put("group", Objects.requireNonNullElse(group, ""));
    model.put("filtered", severity != null || cause != null || fleet != null || group != null);
    model.put("later", cursor != null);
    model.put("self", address(given, filter, cursor));
    model.put("first", address(given, filter, null));
    model.put("next", more ? address(given, filter, page.get(page.size() - 1).id()) : "");
    templates.render(context, 200, "incidents", "incidents", model);
  }

  private List<IncidentRowView> recent(IncidentFilter open) {
    return rows(
        incidents.list(
            new IncidentFilter(
                Show.RESOLVED.statuses(),
                open.severity(),
                open.cause(),
                open.fleet(),
                open.group(),
                null,
                RECENT)));
  }

  private List<IncidentRowView> rows(List<Incident> page) {
    return page.stream().map(incident -> IncidentRowView.of(incident, templates.now())).toList();
  }

  private static String address(
      @Nullable Show show, IncidentFilter filter, @Nullable String cursor) {
    Severity severity = filter.severity();
    CauseClass cause = filter.cause();
    return new Address("/incidents")
        .with("show", show == null ? null : word(show))
        .with("severity", severity == null ? null : word(severity))
        .with("cause", cause == null ? null : word(cause))
        .with("fleet", filter.fleet())
        .with("group", filter.group())
        .with("cursor", cursor)
        .text();
  }

  private static List<Choice> shows(Show chosen) {
    return Arrays.stream(Show.values())
        .map(show -> new Choice(word(show), show.label, show == chosen))
        .toList();
  }

  private static List<Choice> causes(@Nullable CauseClass chosen) {
    return Arrays.stream(CauseClass.values())
        .filter(cause -> cause != CauseClass.UNKNOWN)
        .map(cause -> new Choice(word(cause), Labels.cause(cause), cause == chosen))
        .toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
