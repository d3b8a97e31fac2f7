package io.emberwatch.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.emberwatch.schemas.registry.RegistryException.Code;
import java.io.IOException;

/**
 * Meaning of the registry's answers: HTTP status and, in the body of an error, {@code error_code}
 * as Confluent lists them.
 */
final class RegistryAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MESSAGE_CHARS = 1000;
  private static final int INVALID_SCHEMA = 42201;

  private RegistryAnswer() {}

  /** JSON of a good answer. */
  static JsonNode read(int status, byte[] body, String what) {
    JsonNode json = parse(body);
    if (status == 200 && !json.isMissingNode()) {
      return json;
    }
    String message = json.path("message").asText("no message");
    throw new RegistryException(
        code(status, json.path("error_code").asInt()),
        "%s: HTTP %d: %s"
            .formatted(
                what, status, message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS))));
  }

  /**
   * A 404 without an error code of the registry's comes from something else that listens there,
   * such as a wrong path or a proxy: it must not be taken for an unknown id.
   */
  private static Code code(int status, int errorCode) {
    return switch (status) {
      case 401 -> Code.UNAUTHORIZED;
      case 403 -> Code.FORBIDDEN;
      case 404 -> errorCode >= 40401 && errorCode <= 40499 ? Code.NOT_FOUND : Code.PROTOCOL;
      case 409 -> Code.INCOMPATIBLE;
      case 422 -> errorCode == INVALID_SCHEMA ? Code.INVALID_SCHEMA : Code.PROTOCOL;
      case 408, 429 -> Code.SERVER_ERROR;
      default -> status >= 500 ? Code.SERVER_ERROR : Code.PROTOCOL;
    };
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
