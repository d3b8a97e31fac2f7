package io.emberwatch.alerter.web.page;

import io.emberwatch.alerter.ledger.IncidentFile;
import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.ledger.Reply;
import io.emberwatch.alerter.web.request.Parameters;
import io.emberwatch.alerter.web.request.Refusal;
import io.emberwatch.alerter.web.request.Words;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of incidents, the page of one, and its form. A form that was carried out leads back to
 * the page by a redirect, so that a reload does not repeat it.
 */
public final class IncidentPages {

  /** What a page may say after a redirect: fixed words, so that no link can put words in it. */
  private static final Map<String, String> NEWS =
      Map.of(
          "acknowledged", "You have taken the incident.",
          "resolved", "You have resolved the incident.",
          "noted", "Your note is on record.",
          "unchanged", "It was so already; nothing was changed.");

  private final IncidentList list;
  private final Templates templates;
  private final Incidents incidents;
  private final FormCookies cookies;

  /**
   * @param secureCookies whether people reach the pages by https only
   */
  public IncidentPages(Templates templates, Incidents incidents, boolean secureCookies) {
    this.list = new IncidentList(templates, incidents);
    this.templates = templates;
    this.incidents = incidents;
    this.cookies = new FormCookies(secureCookies);
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.get("/incidents", list::render);
    routes.get("/incidents/{id}", this::show);
    routes.post(
        "/incidents/{id}/acknowledge",
        context -> answer(context, this::acknowledge, "acknowledged"));
    routes.post("/incidents/{id}/resolve", context -> answer(context, this::resolve, "resolved"));
    routes.post("/incidents/{id}/note", context -> answer(context, this::note, "noted"));
  }

  /** What the form says. */
  private record Form(String actor, @Nullable String text) {}

  /** What a button does. */
  private interface Deed {
    Reply on(String id, Form form);
  }

  private void show(Context context) {
    Parameters parameters = new Parameters(context.queryParamMap(), Set.of("done"));
    String done = parameters.text("done");
    String news = done == null ? "" : NEWS.getOrDefault(done, "");
    render(context, 200, news, "", cookies.actor(context), "");
  }

  private void answer(Context context, Deed deed, String done) {
    cookies.check(context, context.formParam("token"));
    String actor = context.formParam("actor");
    String text = context.formParam("text");
    try {
      Form form = new Form(Words.actor(actor), Words.optionalText("note", text));
      Reply reply = deed.on(id(context), form);
      cookies.rememberActor(context, form.actor());
      follow(context, reply, done);
    } catch (Refusal refusal) {
      if (refusal.status() != 422 && refusal.status() != 409) {
        throw refusal;
      }
      render(
          context,
          refusal.status(),
          "",
          refusal.words(),
          actor == null ? "" : actor,
          text == null ? "" : text);
    }
  }

  private static void follow(Context context, Reply reply, String done) {
    if (reply instanceof Reply.NotFound) {
      throw unknown();
    }
    if (reply instanceof Reply.Conflict conflict) {
      throw Refusal.conflict(conflict.reason());
    }
    String news = reply instanceof Reply.Unchanged ? "unchanged" : done;
    context.redirect("/incidents/" + id(context) + "?done=" + news, HttpStatus.SEE_OTHER);
  }

  /** A note goes with it when there is one. */
  private Reply acknowledge(String id, Form form) {
    Reply reply = incidents.acknowledge(id, form.actor());
    String text = form.text();
    return reply instanceof Reply.Done && text != null
        ? incidents.note(id, form.actor(), text)
        : reply;
  }

  private Reply resolve(String id, Form form) {
    return incidents.resolve(id, form.actor(), form.text());
  }

  private Reply note(String id, Form form) {
    return incidents.note(id, form.actor(), Words.text("note", form.text()));
  }

  private void render(
      Context context, int status, String news, String problem, String actor, String text) {
    String id = id(context);
    IncidentFile file = incidents.read(id).orElseThrow(IncidentPages::unknown);
    Map<String, Object> model = new HashMap<>();
    model.put("view", IncidentView.of(file, templates.now()));
    model.put("self", "/incidents/" + id);
    model.put("token", cookies.token(context));
    model.put("news", news);
    model.put("problem", problem);
    model.put("actor", actor);
    model.put("text", text);
    templates.render(context, status, "incident", "incidents", model);
  }

  private static String id(Context context) {
    String id = context.pathParam("id");
    if (!Parameters.isIncidentId(id)) {
      throw unknown();
    }
    return id;
  }

  private static Refusal unknown() {
    return Refusal.notFound(
        "There is no incident with this id. It may be on another installation.");
  }
}
