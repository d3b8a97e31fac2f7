package io.emberwatch.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.emberwatch.schemas.compatibility.Compatibility;
import io.emberwatch.schemas.registry.RegistryException.Code;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry that speaks Confluent's REST API. Thread-safe; make one per process.
 *
 * <p>Configuration keys are Confluent's: {@code schema.registry.url} (a comma list, tried in turn),
 * {@code basic.auth.credentials.source}, {@code basic.auth.user.info}, {@code bearer.auth.token},
 * {@code schema.registry.ssl.*}, {@code auto.register.schemas}, {@code use.latest.version}, {@code
 * http.connect.timeout.ms} and {@code http.read.timeout.ms} (5 s each; their sum bounds a request
 * to one URL). Ids and schemas never change once given, so both are cached without expiry, 1000 of
 * each.
 */
public final class SchemaRegistryClient implements SchemaIds {

  private static final Logger log = LoggerFactory.getLogger(SchemaRegistryClient.class);

  /** What the contract promises: a reader with the newest schema reads every older record. */
  private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  private static final int CACHED = 1000;

  private final RegistryConfig config;
  private final RegistryHttp http;
  private final OneFlightCache<Integer, Schema> schemas = new OneFlightCache<>(CACHED);
  private final OneFlightCache<SchemaIn, Integer> ids = new OneFlightCache<>(CACHED);

  private record SchemaIn(String subject, Schema schema) {}

  private SchemaRegistryClient(RegistryConfig config) {
    this.config = config;
    this.http = new RegistryHttp(config);
  }

  /**
   * Client with this configuration. It connects at its first request.
   *
   * @throws ConfigException if a value is missing or wrong
   */
  public static SchemaRegistryClient of(Map<String, ?> config) {
    return new SchemaRegistryClient(RegistryConfig.parse(config));
  }

  /**
   * Id to write a schema with. By default the schema is registered; with {@code
   * auto.register.schemas=false} it must be in the subject; with {@code use.latest.version=true}
   * the subject's latest version must encode like it.
   *
   * @throws RegistryException with {@code INCOMPATIBLE} if the subject refuses it, {@code
   *     NOT_FOUND} if it is not there
   */
  @Override
  public int idOf(String subject, Schema schema) {
    return ids.get(new SchemaIn(subject, schema), this::resolve);
  }

  @Override
  public Schema schemaOf(int id) {
    return schemas.get(id, this::fetch);
  }

  /**
   * Registers a schema, or finds it registered. In a new subject it sets the compatibility to
   * BACKWARD_TRANSITIVE first; that of an older subject is left as it is.
   *
   * @return its id
   * @throws RegistryException with {@code INCOMPATIBLE} and a message that names the field, or
   *     {@code INVALID_SCHEMA}
   */
  public int register(String subject, Schema schema) {
    if (versions(subject).isEmpty()) {
      setCompatibility(subject, COMPATIBILITY);
    }
    try {
      int id = id(http.send("POST", path(subject) + "/versions", request(schema)));
      log.info("schema registered subject={} id={}", subject, id);
      return id;
    } catch (RegistryException e) {
      if (e.code() == Code.INCOMPATIBLE) {
        throw incompatible(subject, explain(subject, schema, List.of(e.getMessage())), e);
      }
      throw e;
    }
  }

  /**
   * Id of a schema that is in the subject; registers nothing.
   *
   * @throws RegistryException with {@code NOT_FOUND} if it is not
   */
  public int lookUp(String subject, Schema schema) {
    return id(http.send("POST", path(subject), request(schema)));
  }

  /**
   * Latest version in a subject.
   *
   * @throws RegistryException with {@code NOT_FOUND} if there is no such subject
   */
  public RegisteredSchema latest(String subject) {
    return version(subject, "latest");
  }

  /** Numbers of the versions in a subject, ascending; empty if there is no such subject. */
  public List<Integer> versions(String subject) {
    try {
      JsonNode answer = http.send("GET", path(subject) + "/versions", null);
      return StreamSupport.stream(answer.spliterator(), false).map(JsonNode::asInt).toList();
    } catch (RegistryException e) {
      if (e.code() == Code.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Why the subject would refuse a schema, a line each, with the field; empty if it would take it.
   * Registers nothing.
   */
  public List<String> incompatibilities(String subject, Schema schema) {
    if (versions(subject).isEmpty()) {
      return List.of();
    }
    String path = "/compatibility/subjects/" + encoded(subject) + "/versions?verbose=true";
    JsonNode answer = http.send("POST", path, request(schema));
    if (!answer.path("is_compatible").isBoolean()) {
      throw protocol("is_compatible");
    }
    if (answer.path("is_compatible").asBoolean()) {
      return List.of();
    }
    List<String> messages = new ArrayList<>();
    answer.path("messages").forEach(message -> messages.add(message.asText()));
    return explain(
        subject, schema, messages.isEmpty() ? List.of("the registry does not say why") : messages);
  }

  /** Compatibility of a subject, or the registry's own where the subject has none. */
  public String compatibility(String subject) {
    JsonNode answer =
        http.send("GET", "/config/" + encoded(subject) + "?defaultToGlobal=true", null);
    return required(answer, "compatibilityLevel").asText();
  }

  /** Sets the compatibility of a subject, as Confluent names it. */
  public void setCompatibility(String subject, String level) {
    String body = JsonNodeFactory.instance.objectNode().put("compatibility", level).toString();
    http.send("PUT", "/config/" + encoded(subject), body);
  }

  private int resolve(SchemaIn wanted) {
    if (config.useLatest()) {
      return latestLike(wanted);
    }
    return config.autoRegister()
        ? register(wanted.subject(), wanted.schema())
        : lookUp(wanted.subject(), wanted.schema());
  }

  /** Bytes written with our schema must be what a reader of the latest version expects. */
  private int latestLike(SchemaIn wanted) {
    RegisteredSchema latest = latest(wanted.subject());
    if (!encoding(latest.schema()).equals(encoding(wanted.schema()))) {
      throw incompatible(
          wanted.subject(),
          List.of("version " + latest.version() + ", the latest, encodes differently"),
          null);
    }
    return latest.id();
  }

  private static String encoding(Schema schema) {
    return SchemaNormalization.toParsingForm(schema);
  }

  private Schema fetch(int id) {
    JsonNode answer = http.send("GET", "/schemas/ids/" + id, null);
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryException(
          Code.INVALID_SCHEMA, "schema id %d is %s, not AVRO".formatted(id, type));
    }
    return parse(required(answer, "schema").asText());
  }

  private RegisteredSchema version(String subject, String version) {
    JsonNode answer = http.send("GET", path(subject) + "/versions/" + version, null);
    return new RegisteredSchema(
        subject,
        required(answer, "version").asInt(),
        id(answer),
        parse(required(answer, "schema").asText()));
  }

  /** The registry's messages differ by maker, so the field is found here, by Avro's own rules. */
  private List<String> explain(String subject, Schema schema, List<String> otherwise) {
    List<String> problems = new ArrayList<>();
    for (int number : versions(subject)) {
      Schema older = version(subject, Integer.toString(number)).schema();
      Compatibility.problems(schema, older)
          .forEach(problem -> problems.add("version %d: %s".formatted(number, problem)));
    }
    return problems.isEmpty() ? otherwise : problems;
  }

  private static RegistryException incompatible(
      String subject, List<String> problems, @Nullable Throwable cause) {
    return new RegistryException(
        Code.INCOMPATIBLE,
        "subject %s refuses the schema: %s".formatted(subject, String.join("; ", problems)),
        cause);
  }

  private static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new RegistryException(
          Code.INVALID_SCHEMA, "the registry holds a schema that Avro cannot read", e);
    }
  }

  private static int id(JsonNode answer) {
    return required(answer, "id").asInt();
  }

  private static JsonNode required(JsonNode answer, String field) {
    JsonNode value = answer.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw protocol(field);
    }
    return value;
  }

  private static RegistryException protocol(String field) {
    return new RegistryException(
        Code.PROTOCOL, "the answer has no " + field + ": is this a schema registry?");
  }

  private static String request(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
  }

  private static String path(String subject) {
    return "/subjects/" + encoded(subject);
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
