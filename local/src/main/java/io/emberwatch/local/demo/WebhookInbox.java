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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook receiver on loopback that keeps what it is sent, as an on-call tool would. */
public final class WebhookInbox implements AutoCloseable {

  private static final int BODY_LIMIT_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService executor;
  private final Journal<Message> messages;

  /**
   * One message.
   *
   * @param id header {@code webhook-id}: the same for every try of one notification
   * @param body JSON
   */
  public record Message(String id, JsonNode body) {}

  private WebhookInbox(HttpServer server, ExecutorService executor, Clock clock) {
    this.server = server;
    this.executor = executor;
    this.messages = new Journal<>(clock);
  }

  /** Listens on a free loopback port. */
  public static WebhookInbox start(Clock clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    ExecutorService executor =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "demo-webhook");
              thread.setDaemon(true);
              return thread;
            });
    WebhookInbox inbox = new WebhookInbox(server, executor, clock);
    server.setExecutor(executor);
    server.createContext("/", inbox::receive);
    server.start();
    return inbox;
  }

  /** Where to send messages to. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** What has arrived. */
  public Journal<Message> messages() {
    return messages;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES);
      if (id == null) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      messages.add(new Message(id, JSON.readTree(body)));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
