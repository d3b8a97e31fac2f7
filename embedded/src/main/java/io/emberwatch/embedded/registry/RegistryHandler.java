package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP around the routes: credentials, JSON in and out, refusals as Confluent's error body. */
final class RegistryHandler implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(RegistryHandler.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private final RegistryRoutes routes;
  private final @Nullable Credentials credentials;
  private final ObjectMapper json;

  RegistryHandler(RegistryRoutes routes, @Nullable Credentials credentials, ObjectMapper json) {
    this.routes = routes;
    this.credentials = credentials;
    this.json = json;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        authenticate(exchange);
        respond(exchange, 200, routes.answer(RegistryRequest.read(exchange, json)));
      } catch (RegistryFault fault) {
        refuse(exchange, fault);
      } catch (UncheckedIOException e) {
        log.error("registry store failed", e);
        refuse(exchange, RegistryFault.storeFailed());
      }
    }
  }

  private void authenticate(HttpExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (credentials != null && !credentials.match(authorization)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"registry\"");
      throw RegistryFault.unauthorized();
    }
  }

  private void refuse(HttpExchange exchange, RegistryFault fault) throws IOException {
    respond(
        exchange,
        fault.status(),
        json.createObjectNode().put("error_code", fault.code()).put("message", fault.getMessage()));
  }

  private void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
