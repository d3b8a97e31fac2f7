package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.web.fleet.FleetBoard;
import io.emberwatch.alerter.web.fleet.HealthFilter;
import io.emberwatch.alerter.web.fleet.HealthSource;
import io.emberwatch.alerter.web.request.Parameters;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** {@code /}: the fleet by state, groups worst first with their instances. */
public final class FleetPage {

  private static final Set<String> PARAMETERS = Set.of("state", "fleet", "group", "page");
  private static final int MAX_PAGE = 100_000;

  private final Templates templates;
  private final HealthSource source;

  public FleetPage(Templates templates, HealthSource source) {
    this.templates = templates;
    this.source = source;
  }

  /** Adds the route. */
  public void addTo(RoutesConfig routes) {
    routes.get("/", this::show);
  }

  private void show(Context context) {
    Parameters parameters = new Parameters(context.queryParamMap(), PARAMETERS);
    HealthFilter filter = HealthFilter.of(parameters);
    int page = parameters.number("page", 1, 1, MAX_PAGE);
    FleetView view =
        FleetView.of(FleetBoard.of(source.all(), filter), filter, page, templates.now());
    templates.render(
        context,
        200,
        "fleet",
        "fleet",
        Map.of(
            "view",
            view,
            "complete",
            source.complete(),
            "self",
            FleetView.address(filter, view.page())));
  }
}
