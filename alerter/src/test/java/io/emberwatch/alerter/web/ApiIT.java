package io.emberwatch.alerter.web;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.alerter.incident.Incident;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.HealthState;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The REST API on a real server over HTTP. */
class ApiIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private WebFixture web;

  @BeforeEach
  void start() {
    web = new WebFixture();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void listsIncidentsNewestFirstPageByPage() throws Exception {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      opened.add(0, open("cache-" + i).id());
    }

    JsonNode first = body(web.get("/api/v1/incidents?limit=2"));
    JsonNode second =
        body(web.get("/api/v1/incidents?limit=2&cursor=" + first.get("next").asText()));
    JsonNode third =
        body(web.get("/api/v1/incidents?limit=2&cursor=" + second.get("next").asText()));

    List<String> listed = new ArrayList<>();
    for (JsonNode page : List.of(first, second, third)) {
      page.get("incidents").forEach(incident -> listed.add(incident.get("id").asText()));
    }
    assertThat(listed).containsExactlyElementsOf(opened);
    assertThat(third.get("next").isNull()).isTrue();
  }

  @Test
  void filtersIncidents() throws Exception {
    Incident memory = open("cache-1");
    Incident cpu =
        web.take(breach("cpu_main").group("cache-2").cause(CauseClass.CPU).critical().at(now()));
    web.incidents().acknowledge(cpu.id(), "ada");

    assertThat(ids("status=acknowledged")).containsExactly(cpu.id());
    assertThat(ids("status=open,triggered")).containsExactly(memory.id());
    assertThat(ids("severity=critical")).containsExactly(cpu.id());
    assertThat(ids("cause=memory")).containsExactly(memory.id());
    assertThat(ids("fleet=prod&group=cache-2")).containsExactly(cpu.id());
    assertThat(ids("fleet=elsewhere")).isEmpty();
  }

  @Test
  void readsAnIncidentWithAlertsTimelineAndNotifications() throws Exception {
    Incident incident = open("cache-1");

    JsonNode file = body(web.get("/api/v1/incidents/" + incident.id()));

    assertThat(file.at("/incident/status").asText()).isEqualTo("triggered");
    assertThat(file.at("/incident/cause").asText()).isEqualTo("memory");
    assertThat(file.at("/alerts/0/rule").asText()).isEqualTo("memory_high");
    assertThat(file.at("/alerts/0/evidence/0/text").asText()).isEqualTo("96 %");
    assertThat(file.at("/timeline/0/kind").asText()).isEqualTo("opened");
    assertThat(file.at("/notifications/0/receiver").asText()).isEqualTo("ops-webhook");
    assertThat(file.at("/notifications/0/state").asText()).isEqualTo("pending");
  }

  @Test
  void acknowledgesOnceAndSaysSoTheSecondTime() throws Exception {
    String path = "/api/v1/incidents/" + open("cache-1").id() + "/acknowledge";

    JsonNode first = body(web.postJson(path, "{\"actor\":\"ada\"}"));
    JsonNode second = body(web.postJson(path, "{\"actor\":\"bob\"}"));

    assertThat(first.get("changed").asBoolean()).isTrue();
    assertThat(second.get("changed").asBoolean()).isFalse();
    assertThat(second.at("/incident/acknowledged/by").asText()).isEqualTo("ada");
  }

  @Test
  void letsOneOfTwentyRacersAcknowledge() throws Exception {
    String path = "/api/v1/incidents/" + open("cache-1").id() + "/acknowledge";
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String json = "{\"actor\":\"racer-" + i + "\"}";
        racers.add(() -> body(web.postJson(path, json)).get("changed").asBoolean());
      }
      int winners = 0;
      for (Future<Boolean> racer : threads.invokeAll(racers)) {
        winners += racer.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesToAcknowledgeWhatIsResolved() throws Exception {
    Incident incident = open("cache-1");
    String path = "/api/v1/incidents/" + incident.id();
    assertThat(
            body(web.postJson(path + "/resolve", "{\"actor\":\"ada\",\"note\":\"done\"}"))
                .at("/incident/resolved/manual")
                .asBoolean())
        .isTrue();

    HttpResponse<String> response = web.postJson(path + "/acknowledge", "{\"actor\":\"bob\"}");

    expectError(response, 409, "conflict");
    assertThat(
            body(web.postJson(path + "/resolve", "{\"actor\":\"bob\"}")).get("changed").asBoolean())
        .isFalse();
  }

  @Test
  void keepsANoteWordForWord() throws Exception {
    String id = open("cache-1").id();
    String text = "<script>alert(1)</script> \u202Egnp.exe {{ 7*7 }} \uD83D\uDD25\nsecond line";

    web.postJson(
        "/api/v1/incidents/" + id + "/notes",
        JSON.writeValueAsString(java.util.Map.of("actor", "ada", "text", text)));

    JsonNode timeline = body(web.get("/api/v1/incidents/" + id)).get("timeline");
    assertThat(timeline.get(timeline.size() - 1).get("text").asText()).isEqualTo(text);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    String id = open("cache-1").id();
    String acknowledge = "/api/v1/incidents/" + id + "/acknowledge";
    String absent = "/api/v1/incidents/" + new UUID(7, 7);

    expectError(
        web.get("/api/v1/incidents?cursor=' OR 1=1".replace(" ", "%20").replace("'", "%27")),
        422,
        "invalid");
    expectError(web.get("/api/v1/incidents?limit=0"), 422, "invalid");
    expectError(web.get("/api/v1/incidents?limit=100000"), 422, "invalid");
    expectError(web.get("/api/v1/incidents?status=sleepy"), 422, "invalid");
    expectError(web.get("/api/v1/incidents?sttus=open"), 422, "invalid");
    expectError(web.get("/api/v1/incidents/nope"), 404, "not_found");
    expectError(web.get(absent), 404, "not_found");
    expectError(web.get("/api/v1/nothing"), 404, "not_found");
    expectError(web.postJson(absent + "/acknowledge", "{\"actor\":\"ada\"}"), 404, "not_found");
    expectError(web.postJson(acknowledge, "{}"), 422, "invalid");
    expectError(web.postJson(acknowledge, "{\"actor\":\"  \"}"), 422, "invalid");
    expectError(web.postJson(acknowledge, "{\"actor\":\"a\\u0000b\"}"), 422, "invalid");
    expectError(
        web.postJson(acknowledge, "{\"actor\":\"" + "x".repeat(101) + "\"}"), 422, "invalid");
    expectError(web.postJson(acknowledge, "{\"actor\":\"a\",\"actor\":\"b\"}"), 400, "malformed");
    expectError(web.postJson(acknowledge, "{\"actor\":\"a\",\"boss\":true}"), 400, "malformed");
    expectError(web.postJson(acknowledge, "{\"actor\":7}"), 400, "malformed");
    expectError(web.postJson(acknowledge, "null"), 400, "malformed");
    expectError(web.postJson(acknowledge, "["), 400, "malformed");
    expectError(web.postJson(acknowledge, "[".repeat(60_000)), 400, "malformed");
    expectError(web.postJson("/api/v1/incidents", "{}"), 405, "method_not_allowed");
  }

  @Test
  void refusesALargeBodyOrOneWithoutLength() throws Exception {
    String path = "/api/v1/incidents/" + open("cache-1").id() + "/notes";
    String large = "{\"actor\":\"ada\",\"text\":\"" + "x".repeat(1_000_000) + "\"}";

    expectError(web.postJson(path, large), 413, "too_large");
    HttpResponse<String> chunked =
        web.send(
            web.request(path)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString(large)))
                .build());
    expectError(chunked, 411, "length_required");
  }

  @Test
  void refusesWritesThatAnotherSiteAsksFor() throws Exception {
    String path = "/api/v1/incidents/" + open("cache-1").id() + "/acknowledge";
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{\"actor\":\"eve\"}");

    expectError(
        web.send(web.request(path).header("Content-Type", "text/plain").POST(body).build()),
        415,
        "unsupported_media_type");
    expectError(
        web.send(
            web.request(path)
                .header("Content-Type", "application/json")
                .header("Origin", "https://evil.example")
                .POST(body)
                .build()),
        403,
        "forbidden");
    expectError(
        web.send(
            web.request(path)
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(body)
                .build()),
        403,
        "forbidden");
  }

  @Test
  void answersOnlyToItsOwnNames() throws Exception {
    assertThat(
            raw(
                "GET /api/v1/incidents HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(
            raw("GET /api/v1/incidents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void setsTheHeadersThatProtectABrowser() throws Exception {
    for (String path : List.of("/", "/api/v1/incidents", "/nothing", "/static/style.css")) {
      HttpResponse<String> response = web.get(path);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("script-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void tellsTheHealthOfFleetsGroupsAndInstances() throws Exception {
    web.health.add(Healths.fleet("prod", HealthState.CRITICAL));
    web.health.add(Healths.group("prod", "a", HealthState.CRITICAL));
    web.health.add(Healths.primary("prod", "a", "h1:6379", HealthState.CRITICAL));
    web.health.add(Healths.replica("prod", "a", "h2:6379", HealthState.HEALTHY));
    web.health.add(Healths.primary("prod", "b", "h3:6379", HealthState.HEALTHY));

    JsonNode fleets = body(web.get("/api/v1/health/fleets"));
    JsonNode groups = body(web.get("/api/v1/health/groups?fleet=prod"));
    JsonNode bad = body(web.get("/api/v1/health/instances?state=critical,down"));
    JsonNode first = body(web.get("/api/v1/health/instances?limit=2"));
    JsonNode second =
        body(web.get("/api/v1/health/instances?limit=2&cursor=" + first.get("next").asText()));

    assertThat(fleets.at("/scopes/0/state").asText()).isEqualTo("critical");
    assertThat(groups.at("/scopes/0/ops_rate").asDouble()).isEqualTo(12_345.6);
    assertThat(bad.get("scopes")).hasSize(1);
    assertThat(bad.at("/counts/healthy").asInt()).isEqualTo(2);
    assertThat(first.get("scopes")).hasSize(2);
    assertThat(second.at("/scopes/0/id").asText()).isEqualTo("prod/b/h3:6379");
    assertThat(second.get("next").isNull()).isTrue();
  }

  private Incident open(String group) {
    return web.take(breach("memory_high").group(group).at(now()));
  }

  private static Instant now() {
    return Instant.now();
  }

  private List<String> ids(String query) throws Exception {
    List<String> ids = new ArrayList<>();
    body(web.get("/api/v1/incidents?" + query))
        .get("incidents")
        .forEach(incident -> ids.add(incident.get("id").asText()));
    return ids;
  }

  private static JsonNode body(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  private static void expectError(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(response.body());
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("message").asText()).isNotBlank();
  }

  private String raw(String request) throws Exception {
    try (Socket socket =
        new Socket(java.net.InetAddress.getLoopbackAddress(), web.server().uri().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
