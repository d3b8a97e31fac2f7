package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.schemas.IncidentStatus;
import io.javalin.http.Context;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Renders pages with what all of them show: the navigation and the number of open incidents. */
public final class Templates {

  /** Far above the largest page that the pages' own limits allow. */
  private static final int MAX_PAGE_CHARS = 8_000_000;

  private final Incidents incidents;
  private final Clock clock;
  private final PebbleEngine engine;

  public Templates(Incidents incidents, Clock clock) {
    this.incidents = incidents;
    this.clock = clock;
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix("io/emberwatch/alerter/web/page/");
    loader.setSuffix(".html");
    this.engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .autoEscaping(true)
            .defaultLocale(Locale.ROOT)
            .maxRenderedSize(MAX_PAGE_CHARS)
            .build();
  }

  /** The time that relative times on a page count from. */
  Instant now() {
    return clock.instant();
  }

  /** Answers with a page of a section: {@code fleet} or {@code incidents}. */
  void render(Context context, int status, String template, String section, Map<String, ?> values) {
    Map<IncidentStatus, Long> counts = incidents.countByStatus();
    long open = 0;
    for (Map.Entry<IncidentStatus, Long> count : counts.entrySet()) {
      open += count.getKey() == IncidentStatus.RESOLVED ? 0 : count.getValue();
    }
    Map<String, Object> model = new HashMap<>(values);
    model.put("section", section);
    model.put("open_incidents", open);
    model.put("now", Times.moment(now(), now()));
    html(context, status, template, model);
  }

  /** Answers with a page that reads nothing from the store, for when that is what failed. */
  void renderAlone(Context context, int status, String template, Map<String, ?> values) {
    Map<String, Object> model = new HashMap<>(values);
    model.put("section", "");
    model.put("open_incidents", 0L);
    model.put("now", Times.moment(now(), now()));
    html(context, status, template, model);
  }

  private void html(Context context, int status, String template, Map<String, Object> model) {
    StringWriter page = new StringWriter();
    try {
      engine.getTemplate(template).evaluate(page, model);
    } catch (IOException e) {
      throw new IllegalStateException("a page in memory cannot fail to be written", e);
    }
    context.status(status).html(page.toString());
  }
}
