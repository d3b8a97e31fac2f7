package io.emberwatch.alerter.web.api;

import io.emberwatch.alerter.web.fleet.HealthFilter;
import io.emberwatch.alerter.web.fleet.HealthSource;
import io.emberwatch.alerter.web.fleet.States;
import io.emberwatch.alerter.web.request.Parameters;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Scope;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the health of fleets, groups and instances. */
public final class HealthApi {

  private static final int DEFAULT_LIMIT = 200;
  private static final int MAX_LIMIT = 1000;
  private static final Set<String> PARAMETERS =
      Set.of("state", "fleet", "group", "limit", "cursor");

  private final HealthSource source;

  public HealthApi(HealthSource source) {
    this.source = source;
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/health/fleets", context -> list(context, Scope.FLEET));
    routes.get("/api/v1/health/groups", context -> list(context, Scope.GROUP));
    routes.get("/api/v1/health/instances", context -> list(context, Scope.INSTANCE));
  }

  /** Sorted by id, so that the last id of a page is the cursor of the next. */
  private void list(Context context, Scope scope) {
    Parameters parameters = new Parameters(context.queryParamMap(), PARAMETERS);
    HealthFilter filter = HealthFilter.of(parameters);
    int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    String cursor = parameters.text("cursor");
    List<Health> inPlace =
        source.all().stream()
            .filter(health -> health.getScope() == scope && filter.inPlace(health))
            .toList();
    List<Health> rest =
        inPlace.stream()
            .filter(filter::matches)
            .filter(health -> cursor == null || health.getScopeId().compareTo(cursor) > 0)
            .limit(limit + 1L)
            .toList();
    List<Health> page = rest.subList(0, Math.min(limit, rest.size()));
    Json.answer(
        context,
        200,
        new Page(
            source.complete(),
            counts(inPlace),
            page.stream().map(HealthJson::of).toList(),
            rest.size() > limit ? page.get(page.size() - 1).getScopeId() : null));
  }

  private static Map<String, Integer> counts(List<Health> scopes) {
    Map<String, Integer> words = new LinkedHashMap<>();
    States.count(scopes).forEach((state, count) -> words.put(Json.word(state), count));
    return words;
  }

  /**
   * One page.
   *
   * @param complete false while the server still reads what was known before it started
   * @param counts scopes of the place by state, whatever states were asked for
   * @param next cursor of the page after; null on the last
   */
  private record Page(
      boolean complete,
      Map<String, Integer> counts,
      List<HealthJson> scopes,
      @Nullable String next) {}
}
