package io.emberwatch.alerter.web.page;

import io.javalin.http.Context;
import java.util.Map;

/** The page for what cannot be shown. */
public final class ErrorPage {

  private final Templates templates;

  public ErrorPage(Templates templates) {
    this.templates = templates;
  }

  /** Answers with the status and words for people. */
  public void render(Context context, int status, String message) {
    String title =
        switch (status) {
          case 403 -> "Not allowed";
          case 404 -> "Not found";
          case 409 -> "Not possible now";
          default -> status >= 500 ? "Something failed" : "Not understood";
        };
    templates.renderAlone(
        context, status, "error", Map.of("status", status, "title", title, "message", message));
  }
}
