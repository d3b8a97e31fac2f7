package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request, taken apart.
 *
 * @param method such as GET
 * @param path decoded segments; empty for the root
 * @param query decoded {@code key=value} pairs
 * @param body JSON; missing when there is none
 */
record RegistryRequest(String method, List<String> path, List<String> query, JsonNode body) {
  private static final int BODY_LIMIT_BYTES = 4 << 20;

  /** A connection that is closed with more of the body unread is reset, and the answer lost. */
  private static final int DISCARD_LIMIT_BYTES = 16 << 20;

  static RegistryRequest read(HttpExchange exchange, ObjectMapper json) throws IOException {
    return new RegistryRequest(
        exchange.getRequestMethod(),
        split(exchange.getRequestURI().getRawPath(), "/"),
        split(exchange.getRequestURI().getRawQuery(), "&"),
        body(exchange, json));
  }

  private static List<String> split(@Nullable String raw, String by) {
    return raw == null
        ? List.of()
        : Stream.of(raw.split(by, -1))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
  }

  private static JsonNode body(HttpExchange exchange, ObjectMapper json) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] bytes = body.readNBytes(BODY_LIMIT_BYTES + 1);
    if (bytes.length > BODY_LIMIT_BYTES) {
      discard(body);
      throw RegistryFault.bodyTooLarge(BODY_LIMIT_BYTES);
    }
    try {
      return json.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RegistryFault.malformedBody(e.getOriginalMessage());
    }
  }

  /** True when method and path fit; {@code *} in the pattern stands for any one segment. */
  boolean is(String wantedMethod, String pattern) {
    return method.equals(wantedMethod) && fits(pattern);
  }

  /** True when the path fits. */
  boolean fits(String pattern) {
    List<String> parts = split(pattern, "/");
    if (parts.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).equals("*") && !parts.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean flag(String name) {
    return query.contains(name + "=true");
  }

  /** The Avro schema of the body. */
  Schema schema() {
    if (!body.path("schema").isTextual()) {
      throw RegistryFault.invalidSchema("the body has no text field 'schema'");
    }
    if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
      throw RegistryFault.invalidSchema("only schemaType AVRO is supported");
    }
    if (!body.path("references").isEmpty()) {
      throw RegistryFault.invalidSchema("references are not supported");
    }
    try {
      return new Schema.Parser().parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw RegistryFault.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  /** The compatibility level of the body. */
  CompatibilityLevel level() {
    String name = body.path("compatibility").asText();
    return CompatibilityLevel.named(name).orElseThrow(() -> RegistryFault.invalidLevel(name));
  }

  /** One of the versions by its number, or the last for {@code latest} and {@code -1}. */
  static SchemaVersion pick(List<SchemaVersion> versions, String wanted) {
    if (wanted.equals("latest") || wanted.equals("-1")) {
      return versions.get(versions.size() - 1);
    }
    int number = number(wanted);
    return versions.stream()
        .filter(version -> version.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryFault.noSuchVersion(wanted));
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw RegistryFault.invalidVersion(text);
    }
    throw RegistryFault.invalidVersion(text);
  }

  private static void discard(InputStream body) throws IOException {
    byte[] buffer = new byte[64 << 10];
    int left = DISCARD_LIMIT_BYTES;
    int read = 0;
    while (left > 0 && read >= 0) {
      read = body.read(buffer);
      left -= read;
    }
  }
}
