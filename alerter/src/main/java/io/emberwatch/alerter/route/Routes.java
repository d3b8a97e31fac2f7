package io.emberwatch.alerter.route;

import io.emberwatch.schemas.Severity;
import java.util.List;

/** Receivers with what each of them wants to hear of. */
public record Routes(List<Route> routes) {

  public Routes {
    routes = List.copyOf(routes);
  }

  /** Names of the receivers that an incident of this severity pages, in the configured order. */
  public List<String> receivers(Severity severity) {
    return routes.stream()
        .filter(route -> severity.compareTo(route.minSeverity()) >= 0)
        .map(Route::receiver)
        .toList();
  }

  /**
   * One receiver.
   *
   * @param minSeverity least severity that it is told of
   */
  public record Route(String receiver, Severity minSeverity) {}
}
