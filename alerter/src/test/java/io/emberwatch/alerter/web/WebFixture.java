package io.emberwatch.alerter.web;

import io.emberwatch.alerter.incident.BreachEvent;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.alerter.incident.IncidentIds;
import io.emberwatch.alerter.incident.IncidentMachine;
import io.emberwatch.alerter.incident.IncidentPolicy;
import io.emberwatch.alerter.ledger.BreachLedger;
import io.emberwatch.alerter.ledger.DecisionWriter;
import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.ledger.Verdict;
import io.emberwatch.alerter.notify.NoticeFormat;
import io.emberwatch.alerter.route.Routes;
import io.emberwatch.alerter.store.Database;
import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.store.IncidentFilter;
import io.emberwatch.alerter.web.fleet.HealthSource;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server over a real store in memory, with health that a test sets. */
public final class WebFixture implements AutoCloseable {

  public final List<Health> health = new CopyOnWriteArrayList<>();
  public final HttpClient http = HttpClient.newHttpClient();

  private final Database database;
  private final BreachLedger ledger;
  private final Incidents incidents;
  private final WebServer server;

  public WebFixture() {
    this("");
  }

  public WebFixture(String publicUrl) {
    Clock clock = Clock.systemUTC();
    database =
        Database.open(
            new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "sa",
                Optional.empty(),
                8));
    IncidentPolicy policy =
        new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10));
    IncidentMachine machine = new IncidentMachine(policy, new IncidentIds(clock, new Random(7)));
    DecisionWriter writer =
        new DecisionWriter(
            new Routes(List.of(new Routes.Route("ops-webhook", Severity.WARNING))),
            new NoticeFormat("test", publicUrl));
    ledger = new BreachLedger(machine, writer);
    incidents = new Incidents(database, machine, writer, clock);
    server =
        new WebServer(
            new WebSettings("127.0.0.1", 0, publicUrl), incidents, new Source(health), clock);
    server.start();
  }

  private record Source(List<Health> all) implements HealthSource {
    @Override
    public boolean complete() {
      return true;
    }
  }

  public Incidents incidents() {
    return incidents;
  }

  public WebServer server() {
    return server;
  }

  /** Takes an event in; the incident it belongs to is the newest one. */
  public Incident take(BreachEvent event) {
    Verdict verdict = database.transact(session -> ledger.apply(session, event, Instant.now()));
    if (verdict != Verdict.APPLIED) {
      throw new IllegalStateException("the event was " + verdict);
    }
    return incidents.list(IncidentFilter.all(1)).get(0);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  public HttpResponse<String> postJson(String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  public URI uri(String path) {
    return URI.create(server.uri() + path);
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
