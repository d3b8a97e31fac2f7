package io.emberwatch.local.pipeline;

import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Waits until services are ready. */
final class Readiness {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Readiness() {}

  /**
   * Returns when every service has checks and all of them are ok.
   *
   * @throws TimeoutException naming the checks that are not
   */
  static void await(List<Service> services, Duration limit) throws TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!services.stream().allMatch(Readiness::isReady)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "not healthy after " + limit.toSeconds() + " s: " + missing(services));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean isReady(Service service) {
    List<Check> checks = service.checks();
    return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
  }

  private static String missing(List<Service> services) {
    return services.stream()
        .filter(service -> !isReady(service))
        .flatMap(
            service ->
                service.checks().stream()
                    .filter(check -> !check.ok())
                    .map(check -> service.name() + "/" + check.component() + ": " + check.detail()))
        .collect(Collectors.joining("; "));
  }
}
