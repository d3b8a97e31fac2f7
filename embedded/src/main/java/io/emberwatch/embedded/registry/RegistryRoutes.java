package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;

/** What each path of the REST API answers; knows the store but nothing of HTTP. */
final class RegistryRoutes {
  private final SchemaStore store;
  private final ObjectMapper json;

  RegistryRoutes(SchemaStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /** The JSON answer; throws {@link RegistryFault} for a refusal. */
  JsonNode answer(RegistryRequest request) {
    if (request.path().isEmpty()) {
      return json.createObjectNode();
    }
    return switch (request.path().get(0)) {
      case "subjects" -> subjects(request);
      case "schemas" -> schemas(request);
      case "compatibility" -> compatibility(request);
      case "config" -> config(request);
      default -> throw RegistryFault.noSuchPath(String.join("/", request.path()));
    };
  }

  private JsonNode subjects(RegistryRequest request) {
    if (request.is("GET", "subjects")) {
      return json.valueToTree(store.subjects());
    }
    if (request.is("POST", "subjects/*")) {
      return lookup(request);
    }
    if (request.is("GET", "subjects/*/versions")) {
      return json.valueToTree(
          versions(request.path().get(1)).stream().map(SchemaVersion::version).toList());
    }
    if (request.is("POST", "subjects/*/versions")) {
      int id = store.register(request.path().get(1), request.schema()).id();
      return json.createObjectNode().put("id", id);
    }
    if (request.is("GET", "subjects/*/versions/*")) {
      return describe(RegistryRequest.pick(versions(request.path().get(1)), request.path().get(3)));
    }
    throw refused(
        request, "subjects", "subjects/*", "subjects/*/versions", "subjects/*/versions/*");
  }

  private JsonNode lookup(RegistryRequest request) {
    String subject = request.path().get(1);
    versions(subject);
    return describe(store.find(subject, request.schema()).orElseThrow(RegistryFault::noSuchSchema));
  }

  private JsonNode schemas(RegistryRequest request) {
    if (request.is("GET", "schemas/types")) {
      return json.createArrayNode().add("AVRO");
    }
    if (request.is("GET", "schemas/ids/*")) {
      return json.createObjectNode().put("schema", uses(request.path().get(2)).get(0).text());
    }
    if (request.is("GET", "schemas/ids/*/versions")) {
      ArrayNode array = json.createArrayNode();
      for (SchemaVersion use : uses(request.path().get(2))) {
        array.addObject().put("subject", use.subject()).put("version", use.version());
      }
      return array;
    }
    throw refused(request, "schemas/types", "schemas/ids/*", "schemas/ids/*/versions");
  }

  private List<SchemaVersion> uses(String idText) {
    try {
      List<SchemaVersion> uses = store.uses(Integer.parseInt(idText));
      if (!uses.isEmpty()) {
        return uses;
      }
    } catch (NumberFormatException notAnId) {
      throw RegistryFault.noSuchPath("schemas/ids/" + idText);
    }
    throw RegistryFault.noSuchSchema();
  }

  private JsonNode compatibility(RegistryRequest request) {
    if (request.is("POST", "compatibility/subjects/*/versions")) {
      String subject = request.path().get(2);
      return verdict(request, subject, store.versions(subject));
    }
    if (request.is("POST", "compatibility/subjects/*/versions/*")) {
      String subject = request.path().get(2);
      SchemaVersion one = RegistryRequest.pick(versions(subject), request.path().get(4));
      return verdict(request, subject, List.of(one));
    }
    throw refused(
        request, "compatibility/subjects/*/versions", "compatibility/subjects/*/versions/*");
  }

  private JsonNode verdict(RegistryRequest request, String subject, List<SchemaVersion> against) {
    Schema candidate = request.schema();
    List<String> faults = SchemaCompatibility.faults(store.level(subject), candidate, against);
    ObjectNode verdict = json.createObjectNode().put("is_compatible", faults.isEmpty());
    if (request.flag("verbose")) {
      verdict.set("messages", json.valueToTree(faults));
    }
    return verdict;
  }

  private JsonNode config(RegistryRequest request) {
    if (request.is("GET", "config")) {
      return json.createObjectNode().put("compatibilityLevel", store.globalLevel().name());
    }
    if (request.is("PUT", "config")) {
      store.setGlobalLevel(request.level());
      return json.createObjectNode().put("compatibility", request.level().name());
    }
    if (request.is("GET", "config/*")) {
      String subject = request.path().get(1);
      CompatibilityLevel level =
          request.flag("defaultToGlobal")
              ? store.level(subject)
              : store.ownLevel(subject).orElseThrow(() -> RegistryFault.noOwnLevel(subject));
      return json.createObjectNode().put("compatibilityLevel", level.name());
    }
    if (request.is("PUT", "config/*")) {
      store.setLevel(request.path().get(1), request.level());
      return json.createObjectNode().put("compatibility", request.level().name());
    }
    throw refused(request, "config", "config/*");
  }

  private List<SchemaVersion> versions(String subject) {
    List<SchemaVersion> versions = store.versions(subject);
    if (versions.isEmpty()) {
      throw RegistryFault.noSuchSubject(subject);
    }
    return versions;
  }

  private JsonNode describe(SchemaVersion version) {
    return json.createObjectNode()
        .put("subject", version.subject())
        .put("version", version.version())
        .put("id", version.id())
        .put("schema", version.text());
  }

  private static RegistryFault refused(RegistryRequest request, String... knownPaths) {
    return List.of(knownPaths).stream().anyMatch(request::fits)
        ? RegistryFault.methodNotAllowed(request.method())
        : RegistryFault.noSuchPath(String.join("/", request.path()));
  }
}
