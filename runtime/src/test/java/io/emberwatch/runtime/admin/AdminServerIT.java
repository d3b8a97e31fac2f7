package io.emberwatch.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.lifecycle.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AdminServerIT {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Metrics metrics = Metrics.create("collector", Map.of("fleet", "eu"));
  private volatile List<Check> checks = List.of();
  private AdminServer server;

  @BeforeEach
  void start() throws Exception {
    server = AdminServer.start(AdminSettings.loopback(), metrics, () -> checks);
  }

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private static Check check(String component, boolean ok) {
    return new Check(component, ok, "10 of \"12\"", Instant.EPOCH);
  }

  @Test
  void servesMetricsOfTheServiceAndTheProcess() throws Exception {
    metrics.registry().counter("samples.published", "kind", "core").increment(3);
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains("samples_published_total{fleet=\"eu\",kind=\"core\",service=\"collector\"} 3.0")
        .contains("jvm_memory_used_bytes")
        .contains("process_cpu_usage")
        .contains("process_uptime_seconds");
  }

  @Test
  void isReadyOnlyWhenThereAreChecksAndAllAreOk() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    checks = List.of(check("kafka", true), check("registry", false));
    HttpResponse<String> notReady = get("/health/ready");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body())
        .isEqualTo(
            "{\"ready\":false,\"checks\":[{\"component\":\"kafka\",\"ok\":true,\"detail\":\"10 of"
                + " \\\"12\\\"\",\"since\":\"1970-01-01T00:00:00Z\"},{\"component\":\"registry\","
                + "\"ok\":false,\"detail\":\"10 of \\\"12\\\"\",\"since\":\"1970-01-01T00:00:00Z\"}"
                + "]}");
    checks = List.of(check("kafka", true));
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void isLiveWhileNotReady() throws Exception {
    HttpResponse<String> live = get("/health/live");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"live\":true}");
    assertThat(send("HEAD", "/health/live", "").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesOtherPathsAndMethods() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
    HttpResponse<String> post = send("POST", "/metrics", "x");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void refusesABodyOrHeadersThatAreTooLarge() throws Exception {
    assertThat(send("GET", "/metrics", "x".repeat(10)).statusCode()).isEqualTo(413);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + "/metrics"))
            .header("X-Large", "x".repeat(20_000))
            .build();
    assertThat(answers(request)).isFalse();
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  private boolean answers(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException dropped) {
      return false;
    }
  }

  @Test
  void servesAddedPagesAndContainsTheirFaults() throws Exception {
    server.get("/targets", () -> AdminServer.Reply.json(200, "[1]"));
    server.get(
        "/broken",
        () -> {
          throw new IllegalStateException("secret detail");
        });
    assertThat(get("/targets").body()).isEqualTo("[1]");
    assertThat(get("/broken").statusCode()).isEqualTo(500);
    assertThat(get("/broken").body()).doesNotContain("secret");
  }

  @Test
  void bindsLoopbackOnAFreePortByDefault() throws Exception {
    assertThat(InetAddress.getByName(server.uri().getHost()).isLoopbackAddress()).isTrue();
    assertThat(server.port()).isPositive();
  }
}
