package io.emberwatch.runtime.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.emberwatch.runtime.lifecycle.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' HTTP endpoint on the JDK's own server: {@code /metrics} (Prometheus text), {@code
 * /health/live} (200 while the process answers) and {@code /health/ready} (200 when every check is
 * ok, else 503, with the checks as JSON). It has no authentication and so binds loopback unless
 * told otherwise. Threads, waiting requests, headers, bodies, connections and idle time are
 * bounded.
 */
public final class AdminServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  private static final int BACKLOG = 16;
  private static final int MAX_WAITING = 32;

  /** The JDK's server keeps twice the largest piece for as long as a connection lives. */
  private static final int PIECE_BYTES = 8 << 10;

  /** The JDK's server reads its limits once, from system properties; a set one is respected. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxIdleConnections", "32",
          "jdk.httpserver.maxConnections", "64",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.drainAmount", "16384");

  static {
    LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final String host;

  private AdminServer(HttpServer server, ThreadPoolExecutor threads, String host) {
    this.server = server;
    this.threads = threads;
    this.host = host;
  }

  /**
   * Binds and answers at once.
   *
   * @param checks asked at each {@code /health/ready}; must return quickly
   * @throws IOException when the address cannot be bound
   */
  public static AdminServer start(
      AdminSettings settings, Metrics metrics, Supplier<List<Check>> checks) throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    HttpServer server = HttpServer.create(address, BACKLOG);
    ThreadPoolExecutor threads = threads(settings.threads());
    server.setExecutor(threads);
    AdminServer admin = new AdminServer(server, threads, settings.host());
    admin.get("/metrics", () -> Reply.metrics(metrics.scrape()));
    admin.get("/health/live", () -> Reply.json(200, "{\"live\":true}"));
    admin.get("/health/ready", () -> ready(checks.get()));
    server.start();
    LOG.info("event=admin_started uri={}", admin.uri());
    return admin;
  }

  /** Adds a read-only page at exactly this path; from any thread, also while running. */
  public void get(String path, Supplier<Reply> page) {
    getWith(path, query -> page.get());
  }

  /**
   * As {@link #get}, for a page that depends on the query's parameters; the first of a name counts.
   */
  public void getWith(String path, Function<Map<String, String>, Reply> page) {
    server.createContext(path, new Page(path, page));
  }

  /** The port bound, never 0. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Such as {@code http://127.0.0.1:9101}. */
  public URI uri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port());
  }

  /** Stops listening and drops what is under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Reply ready(List<Check> checks) {
    HealthReport report = new HealthReport(checks);
    return Reply.json(report.ready() ? 200 : 503, report.toJson());
  }

  /** When all threads are busy and the queue is full, the server drops the connection. */
  private static ThreadPoolExecutor threads(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "admin-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** What a page answers; {@code status} is an HTTP status. */
  public record Reply(int status, String contentType, String body) {

    public static Reply json(int status, String json) {
      return new Reply(status, "application/json", json);
    }

    public static Reply text(int status, String text) {
      return new Reply(status, "text/plain; charset=utf-8", text);
    }

    /** A page in Prometheus' text format 0.0.4. */
    public static Reply metrics(String text) {
      return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", text);
    }

    private static Reply error(int status, String reason) {
      return json(status, "{\"error\":" + HealthReport.quote(reason) + "}");
    }
  }

  private record Page(String path, Function<Map<String, String>, Reply> content)
      implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        send(exchange, answer(exchange));
      }
    }

    private Reply answer(HttpExchange exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(path)) {
        return Reply.error(404, "no such page");
      }
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        return Reply.error(405, "only GET and HEAD");
      }
      if (hasBody(exchange)) {
        exchange.getResponseHeaders().set("Connection", "close");
        return Reply.error(413, "no body is expected");
      }
      try {
        return content.apply(QueryText.parse(exchange.getRequestURI().getRawQuery()));
      } catch (RuntimeException e) {
        LOG.warn("event=admin_page_failed path={}", path, e);
        return Reply.error(500, "the page failed; see the log");
      }
    }

    private static boolean hasBody(HttpExchange exchange) {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      return exchange.getRequestHeaders().containsKey("Transfer-Encoding")
          || (length != null && !length.equals("0"));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(reply.status(), isHead || body.length == 0 ? -1 : body.length);
      OutputStream out = exchange.getResponseBody();
      for (int from = 0; !isHead && from < body.length; from += PIECE_BYTES) {
        out.write(body, from, Math.min(PIECE_BYTES, body.length - from));
      }
    }
  }
}
