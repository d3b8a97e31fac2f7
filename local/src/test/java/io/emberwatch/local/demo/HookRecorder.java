package io.emberwatch.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A receiver of webhooks that records every arrival, repeated ones too. It can keep its answers
 * back, so that a sender can be killed between the send and the answer.
 */
final class HookRecorder implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_HOLD_SECONDS = 60;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Journal<Arrival> arrivals = new Journal<>(Clock.systemUTC());
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /**
   * One arrival.
   *
   * @param webhookId of the notice: the same for every try
   * @param type such as {@code incident.triggered}
   * @param rules ids of the rules of its alerts
   */
  record Arrival(String webhookId, String type, String incidentId, Set<String> rules) {

    private static Arrival of(String webhookId, JsonNode body) {
      Set<String> rules = new LinkedHashSet<>();
      body.at("/data/alerts").forEach(alert -> rules.add(alert.path("rule").asText()));
      return new Arrival(
          webhookId, body.path("type").asText(), body.at("/data/incident/id").asText(), rules);
    }
  }

  private HookRecorder(HttpServer server) {
    this.server = server;
  }

  static HookRecorder start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    HookRecorder recorder = new HookRecorder(server);
    server.setExecutor(recorder.threads);
    server.createContext("/", recorder::receive);
    server.start();
    return recorder;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  Journal<Arrival> arrivals() {
    return arrivals;
  }

  /** From now on what arrives is recorded and not answered. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  /** Answers again, also what waits. */
  void release() {
    gate.countDown();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Read before the arrival is known: a hold that follows from it is for the next one.
      CountDownLatch open = gate;
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      arrivals.add(Arrival.of(id, JSON.readTree(exchange.getRequestBody())));
      awaitOpen(open);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      if (!gate.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("held for too long: the test has forgotten to release");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
