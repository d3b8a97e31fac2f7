package io.emberwatch.alerter.web;

import io.emberwatch.alerter.web.api.ErrorJson;
import io.emberwatch.alerter.web.api.Json;
import io.emberwatch.alerter.web.page.ErrorPage;
import io.emberwatch.alerter.web.request.Refusal;
import io.emberwatch.runtime.logging.LogThrottle;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for what goes wrong: JSON under {@code /api/}, else a page. Never a stack trace. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration LOG_WINDOW = Duration.ofSeconds(30);

  private final ErrorPage page;
  private final LogThrottle throttle;

  Failures(ErrorPage page, Clock clock) {
    this.page = page;
    this.throttle = new LogThrottle(LOG_WINDOW, clock);
  }

  void addTo(RoutesConfig routes) {
    routes.exception(
        Refusal.class,
        (refusal, context) ->
            answer(context, refusal.status(), new ErrorJson(refusal.code(), refusal.words())));
    routes.exception(
        HttpResponseException.class,
        (refusal, context) -> answer(context, refusal.getStatus(), standard(refusal.getStatus())));
    routes.exception(Exception.class, this::unexpected);
  }

  private void unexpected(Exception failure, Context context) {
    throttle.log(
        failure.getClass().getName(),
        suppressed ->
            LOG.error(
                "event=request_failed method={} route={} suppressed={}",
                context.method(),
                context.endpoint().path,
                suppressed,
                failure));
    answer(
        context,
        500,
        new ErrorJson("internal", "the request failed here; the server's log has the reason"));
  }

  private void answer(Context context, int status, ErrorJson error) {
    if (context.path().startsWith("/api/")) {
      Json.answer(context, status, error);
    } else {
      page.render(context, status, error.message());
    }
  }

  private static ErrorJson standard(int status) {
    return switch (status) {
      case 404 -> new ErrorJson("not_found", "there is nothing at this address");
      case 405 -> new ErrorJson("method_not_allowed", "this address does not take that method");
      case 413 -> new ErrorJson("too_large", "the body is too large");
      default -> new ErrorJson("refused", "the request cannot be done");
    };
  }
}
