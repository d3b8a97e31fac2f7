package io.emberwatch.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.embedded.registry.EmbeddedRegistry.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String V1 = record("{\"name\":\"a\",\"type\":\"long\"}");
  private static final String V2 =
      record("{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
  private static final String NO_DEFAULT =
      record("{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"urgent\",\"type\":\"int\"}");

  @TempDir Path folder;
  private EmbeddedRegistry registry;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.start(Settings.in(folder));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void registersTheSameSchemaOnce() throws Exception {
    assertThat(register("s-value", V1)).isEqualTo("{\"id\":1}");
    assertThat(register("s-value", V1)).isEqualTo("{\"id\":1}");
    assertThat(register("s-value", V2)).isEqualTo("{\"id\":2}");
    assertThat(register("other%2Fname", V1)).isEqualTo("{\"id\":1}");

    assertThat(get("/subjects")).isEqualTo("[\"other/name\",\"s-value\"]");
    assertThat(get("/subjects/s-value/versions")).isEqualTo("[1,2]");
    assertThat(JSON.readTree(get("/schemas/ids/2")).path("schema").asText()).isEqualTo(V2);
    assertThat(get("/schemas/ids/1/versions"))
        .isEqualTo(
            "[{\"subject\":\"other/name\",\"version\":1},{\"subject\":\"s-value\",\"version\":1}]");
  }

  @Test
  void describesVersionsAndLooksSchemasUp() throws Exception {
    register("s", V1);
    register("s", V2);
    JsonNode first = JSON.readTree(get("/subjects/s/versions/1"));
    assertThat(first.path("id").asInt()).isEqualTo(1);
    assertThat(first.path("schema").asText()).isEqualTo(V1);
    assertThat(JSON.readTree(get("/subjects/s/versions/latest")).path("version").asInt())
        .isEqualTo(2);
    JsonNode found = JSON.readTree(send("POST", "/subjects/s", schemaBody(V1)).body());
    assertThat(found).isEqualTo(first);
    assertThat(get("/")).isEqualTo("{}");
    assertThat(get("/schemas/types")).isEqualTo("[\"AVRO\"]");
  }

  @Test
  void refusesAnIncompatibleSchemaAndNamesTheField() throws Exception {
    register("s", V1);
    HttpResponse<String> refused = send("POST", "/subjects/s/versions", schemaBody(NO_DEFAULT));
    assertFault(refused, 409, 409);
    assertThat(refused.body()).contains("urgent").contains("version 1");

    String path = "/compatibility/subjects/s/versions";
    JsonNode verdict =
        JSON.readTree(send("POST", path + "?verbose=true", schemaBody(NO_DEFAULT)).body());
    assertThat(verdict.path("is_compatible").asBoolean()).isFalse();
    assertThat(verdict.path("messages").get(0).asText()).contains("field 'urgent'");
    assertThat(send("POST", path + "/latest", schemaBody(V2)).body())
        .isEqualTo("{\"is_compatible\":true}");
    assertThat(send("POST", "/compatibility/subjects/new/versions", schemaBody(V2)).body())
        .isEqualTo("{\"is_compatible\":true}");
  }

  @Test
  void obeysTheLevelOfTheSubject() throws Exception {
    register("s", V1);
    assertThat(get("/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}");
    assertFault(send("GET", "/config/s", ""), 404, 40408);
    assertThat(send("PUT", "/config/s", "{\"compatibility\":\"FORWARD\"}").body())
        .isEqualTo("{\"compatibility\":\"FORWARD\"}");
    assertThat(register("s", NO_DEFAULT)).isEqualTo("{\"id\":2}");
    assertThat(send("PUT", "/config", "{\"compatibility\":\"NONE\"}").statusCode()).isEqualTo(200);
    assertThat(get("/config/unknown?defaultToGlobal=true")).contains("NONE");
    assertFault(send("PUT", "/config", "{\"compatibility\":\"SOME\"}"), 422, 42203);
  }

  @Test
  void answersWithConfluentsErrorCodes() throws Exception {
    assertFault(send("GET", "/subjects/no/versions", ""), 404, 40401);
    assertFault(send("POST", "/subjects/no", schemaBody(V1)), 404, 40401);
    register("s", V1);
    assertFault(send("GET", "/subjects/s/versions/7", ""), 404, 40402);
    assertFault(send("GET", "/subjects/s/versions/x", ""), 422, 42202);
    assertFault(send("POST", "/subjects/s", schemaBody(V2)), 404, 40403);
    assertFault(send("GET", "/schemas/ids/99", ""), 404, 40403);
    assertFault(send("POST", "/subjects/s/versions", schemaBody("{\"type\":\"no\"}")), 422, 42201);
    assertFault(send("POST", "/subjects/s/versions", "{"), 400, 400);
    assertFault(send("DELETE", "/subjects/s", ""), 405, 405);
    assertFault(send("GET", "/elsewhere", ""), 404, 404);
    assertFault(send("POST", "/subjects/s/versions", " ".repeat(5 << 20)), 413, 413);
  }

  @Test
  void keepsIdsLevelsAndPortOverARestart() throws Exception {
    register("s", V1);
    register("s", V2);
    send("PUT", "/config/s", "{\"compatibility\":\"FULL\"}");
    String url = registry.url();

    restart();

    assertThat(registry.url()).isEqualTo(url);
    assertThat(register("s", V2)).isEqualTo("{\"id\":2}");
    assertThat(get("/subjects/s/versions")).isEqualTo("[1,2]");
    assertThat(get("/config/s")).contains("FULL");
  }

  @Test
  void dropsATornLastLineAndGoesOn() throws Exception {
    register("s", V1);
    registry.close();
    Path journal = folder.resolve("registry.jsonl");
    Files.writeString(journal, "{\"type\":\"schema\",\"sub", StandardOpenOption.APPEND);

    registry = EmbeddedRegistry.start(Settings.in(folder));
    assertThat(register("s", V2)).isEqualTo("{\"id\":2}");
    restart();

    assertThat(get("/subjects/s/versions")).isEqualTo("[1,2]");
  }

  @Test
  void refusesADamagedJournal() throws Exception {
    register("s", V1);
    registry.close();
    Path journal = folder.resolve("registry.jsonl");
    Files.writeString(journal, "not json\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> EmbeddedRegistry.start(Settings.in(folder)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void asksForCredentialsAndHidesThem(@TempDir Path other) throws Exception {
    Settings settings = Settings.in(other).withBasicAuth("ember", "pass:word");
    assertThat(settings.toString()).doesNotContain("pass:word");
    registry.close();
    registry = EmbeddedRegistry.start(settings);
    assertFault(send("GET", "/subjects", ""), 401, 401);
    assertThat(authorized("ember:wrong").statusCode()).isEqualTo(401);
    assertThat(authorized("ember:pass:word").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> authorized(String userInfo) throws Exception {
    String token = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(URI.create(registry.url() + "/subjects"))
            .header("Authorization", "Basic " + token)
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void restart() {
    registry.close();
    registry = EmbeddedRegistry.start(Settings.in(folder));
  }

  private String register(String subject, String schema) throws Exception {
    return send("POST", "/subjects/" + subject + "/versions", schemaBody(schema)).body();
  }

  private String get(String path) throws Exception {
    return send("GET", path, "").body();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void assertFault(HttpResponse<String> response, int status, int code)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error_code").asInt()).isEqualTo(code);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.schemaregistry.v1+json");
  }

  private static String schemaBody(String schema) {
    return JSON.createObjectNode().put("schema", schema).toString();
  }

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"fields\":[" + fields + "]}";
  }
}
