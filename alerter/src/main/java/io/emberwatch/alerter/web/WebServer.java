package io.emberwatch.alerter.web;

import io.emberwatch.alerter.ledger.Incidents;
import io.emberwatch.alerter.web.api.HealthApi;
import io.emberwatch.alerter.web.api.IncidentApi;
import io.emberwatch.alerter.web.fleet.HealthSource;
import io.emberwatch.alerter.web.page.ErrorPage;
import io.emberwatch.alerter.web.page.FleetPage;
import io.emberwatch.alerter.web.page.IncidentPages;
import io.emberwatch.alerter.web.page.StaticFiles;
import io.emberwatch.alerter.web.page.Templates;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.time.Clock;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the REST API and the pages on Javalin. Threads, waiting requests, connections, headers,
 * bodies, and the time a client may take are bounded.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Of these Jetty takes two for itself; the rest answers one request each, mostly from memory. */
  private static final int MAX_THREADS = 16;

  private static final int MIN_THREADS = 4;

  /** This bounds what waits for a thread, too: a connection has one request at a time. */
  private static final int MAX_CONNECTIONS = 256;

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_MILLIS = 30_000;

  private static final int STOP_MILLIS = 5_000;

  private final WebSettings settings;
  private final Javalin javalin;
  private final CheckState check;

  /**
   * @param clock for relative times on the pages
   */
  public WebServer(WebSettings settings, Incidents incidents, HealthSource health, Clock clock) {
    this.settings = settings;
    this.check = new CheckState("web", clock);
    this.javalin = Javalin.create(config -> configure(config, incidents, health, clock));
  }

  /**
   * Binds and answers at once. Call once.
   *
   * @throws RuntimeException when the address cannot be bound
   */
  public void start() {
    javalin.start(settings.host(), settings.port());
    check.ok("answers at " + uri());
    LOG.info("event=web_started uri={}", uri());
  }

  /** Whether it listens. */
  public Check check() {
    return check.check();
  }

  /** The bound address, such as {@code http://127.0.0.1:8080}; call after start. */
  public URI uri() {
    String name = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + name + ":" + javalin.port());
  }

  /** Stops listening and lets requests under way end, for at most 5 s. Idempotent. */
  @Override
  public void close() {
    check.failing("stopped");
    javalin.stop();
  }

  private void configure(
      JavalinConfig config, Incidents incidents, HealthSource health, Clock clock) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.maxRequestSize = Guard.MAX_BODY_BYTES;
    config.http.prefer405over404 = true;
    // Pages hold a secret token beside words of others: compressed, their length could tell it.
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads();
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(WebServer::bound);

    Templates templates = new Templates(incidents, clock);
    config.routes.before(new Guard(settings)::check);
    new IncidentApi(incidents).addTo(config.routes);
    new HealthApi(health).addTo(config.routes);
    new FleetPage(templates, health).addTo(config.routes);
    new IncidentPages(templates, incidents, settings.publicUrl().startsWith("https:"))
        .addTo(config.routes);
    new StaticFiles().addTo(config.routes);
    new Failures(new ErrorPage(templates), clock).addTo(config.routes);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_MILLIS);
    pool.setName("web");
    pool.setDaemon(true);
    return pool;
  }

  private Connector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static void bound(Server server) {
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setStopTimeout(STOP_MILLIS);
  }
}
