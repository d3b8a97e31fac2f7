package io.emberwatch.alerter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A receiver that records what arrives and answers as it is told; 200 when it is told nothing. What
 * does not hold its text, such as other tests' incidents, it accepts and does not record.
 */
public final class FakeWebhook implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String text;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public FakeWebhook(String text) throws IOException {
    this.text = text;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** Queues an answer for the next request. */
  public FakeWebhook then(int status, String... headers) {
    answers.add(new Answer(status, List.of(headers), false));
    return this;
  }

  /** Lets the next request wait for an answer that never comes. */
  public FakeWebhook thenHang() {
    answers.add(new Answer(0, List.of(), true));
    return this;
  }

  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  public List<String> types() {
    return arrivals.stream().map(Arrival::type).toList();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!body.contains(text)) {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      return;
    }
    Map<String, List<String>> headers = Map.copyOf(exchange.getRequestHeaders());
    Answer answer = Optional.ofNullable(answers.poll()).orElse(new Answer(200, List.of(), false));
    arrivals.add(
        new Arrival(
            exchange.getRequestHeaders().getFirst("webhook-id"), headers, body, answer.status));
    if (answer.hang) {
      await();
    } else {
      for (int i = 0; i + 1 < answer.headers.size(); i += 2) {
        exchange.getResponseHeaders().set(answer.headers.get(i), answer.headers.get(i + 1));
      }
      exchange.sendResponseHeaders(answer.status, -1);
    }
    exchange.close();
  }

  private void await() {
    try {
      closed.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Answer(int status, List<String> headers, boolean hang) {}

  /** One request, and what it was answered (0 for nothing). */
  public record Arrival(String id, Map<String, List<String>> headers, String body, int status) {

    public String type() {
      return json().path("type").asText();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("the body is not JSON: " + body, e);
      }
    }
  }
}
