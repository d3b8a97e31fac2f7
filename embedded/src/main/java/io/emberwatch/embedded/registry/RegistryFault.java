package io.emberwatch.embedded.registry;

import java.util.List;

/** A refusal that the client is told about, with Confluent's HTTP status and error code. */
final class RegistryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final int code;

  private RegistryFault(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }

  static RegistryFault unauthorized() {
    return new RegistryFault(401, 401, "Unauthorized");
  }

  static RegistryFault noSuchPath(String path) {
    return new RegistryFault(404, 404, "HTTP 404 Not Found: " + path);
  }

  static RegistryFault noSuchSubject(String subject) {
    return new RegistryFault(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryFault noSuchVersion(String version) {
    return new RegistryFault(404, 40402, "Version " + version + " not found.");
  }

  static RegistryFault noSuchSchema() {
    return new RegistryFault(404, 40403, "Schema not found");
  }

  static RegistryFault noOwnLevel(String subject) {
    return new RegistryFault(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryFault methodNotAllowed(String method) {
    return new RegistryFault(405, 405, "HTTP 405 Method Not Allowed: " + method);
  }

  static RegistryFault incompatible(String subject, List<String> faults) {
    return new RegistryFault(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + faults);
  }

  static RegistryFault bodyTooLarge(int limitBytes) {
    return new RegistryFault(413, 413, "Body is larger than " + limitBytes + " bytes");
  }

  static RegistryFault malformedBody(String reason) {
    return new RegistryFault(400, 400, "Malformed body: " + reason);
  }

  static RegistryFault invalidSchema(String reason) {
    return new RegistryFault(422, 42201, "Invalid schema: " + reason);
  }

  static RegistryFault invalidVersion(String version) {
    return new RegistryFault(
        422,
        42202,
        "The specified version '" + version + "' is not a valid version id: 1 and up, or latest");
  }

  static RegistryFault invalidLevel(String level) {
    return new RegistryFault(
        422,
        42203,
        "Invalid compatibility level '"
            + level
            + "'. Valid values are none, backward, forward, full, backward_transitive,"
            + " forward_transitive, and full_transitive");
  }

  static RegistryFault storeFailed() {
    return new RegistryFault(500, 50001, "Error in the backend data store");
  }
}
