package io.emberwatch.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.emberwatch.schemas.registry.RegistryException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults: every way in which a registry can fail to answer has its own code, in bounded time. */
class SchemaRegistryClientTest {

  private static final String STRING = "{\"schema\":\"\\\"string\\\"\"}";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch testOver = new CountDownLatch(1);

  private volatile int status = 200;
  private volatile String answer = STRING;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 50);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          authorizations.add(sent == null ? "none" : sent);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    testOver.countDown();
    server.stop(0);
  }

  @Test
  void asksForAnIdOnce() {
    SchemaRegistryClient client = client(Map.of());

    assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> client.schemaOf(7).getType()))
        .containsOnly(Schema.Type.STRING);
    assertThat(requests).hasValue(1);
  }

  @Test
  void asksAgainAfterAFailure() {
    SchemaRegistryClient client = client(Map.of());
    status = 500;
    assertThat(failure(client)).isEqualTo(Code.SERVER_ERROR);

    status = 200;

    assertThat(client.schemaOf(1).getType()).isEqualTo(Schema.Type.STRING);
  }

  @Test
  void givesEveryRefusalItsCode() {
    assertThat(answered(401, "")).isEqualTo(Code.UNAUTHORIZED);
    assertThat(answered(403, "{}")).isEqualTo(Code.FORBIDDEN);
    assertThat(answered(404, "{\"error_code\":40403}")).isEqualTo(Code.NOT_FOUND);
    assertThat(answered(404, "<html>no such page</html>")).isEqualTo(Code.PROTOCOL);
    assertThat(answered(409, "{\"error_code\":409}")).isEqualTo(Code.INCOMPATIBLE);
    assertThat(answered(422, "{\"error_code\":42201}")).isEqualTo(Code.INVALID_SCHEMA);
    assertThat(answered(429, "")).isEqualTo(Code.SERVER_ERROR);
    assertThat(answered(503, "")).isEqualTo(Code.SERVER_ERROR);
    assertThat(answered(302, "")).isEqualTo(Code.PROTOCOL);
    assertThat(answered(200, "hello")).isEqualTo(Code.PROTOCOL);
    assertThat(answered(200, "{}")).isEqualTo(Code.PROTOCOL);
    assertThat(answered(200, "{\"schema\":\"{\"}")).isEqualTo(Code.INVALID_SCHEMA);
    assertThat(answered(200, "{\"schema\":\"x\",\"schemaType\":\"PROTOBUF\"}"))
        .isEqualTo(Code.INVALID_SCHEMA);
  }

  @Test
  void refusesAnAnswerWithoutEnd() {
    assertThat(answered(200, "{\"schema\":\"" + "x".repeat(5 << 20) + "\"}"))
        .isEqualTo(Code.PROTOCOL);
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    assertThat(failure(clientOf(closedPort(), Map.of()))).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void givesUpOnARegistryThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
      assertThatItTimesOut(silent);
    }
  }

  /** The JDK's request timeout would wait for ever here: it ends with the headers. */
  @Test
  void givesUpOnARegistryThatTricklesItsAnswer() throws IOException {
    try (ServerSocket slow = new ServerSocket(0, 50, LOOPBACK)) {
      Thread trickle = new Thread(() -> trickle(slow), "trickle");
      trickle.setDaemon(true);
      trickle.start();
      assertThatItTimesOut(slow);
    }
  }

  @Test
  void goesOverToTheSecondUrlAndStaysThere() throws IOException {
    SchemaRegistryClient client = clientOf(closedPort() + ", " + url(), Map.of());

    assertThat(IntStream.range(0, 5).mapToObj(client::schemaOf)).hasSize(5);
    assertThat(requests).hasValue(5);
  }

  @Test
  void doesNotGoOverWhenTheFirstUrlRefuses() {
    status = 401;

    assertThat(failure(clientOf(url() + "," + url(), Map.of()))).isEqualTo(Code.UNAUTHORIZED);
    assertThat(requests).hasValue(1);
  }

  @Test
  void sendsBasicCredentials() {
    client(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:s3cret"))
        .schemaOf(1);
    clientOf(url().replace("http://", "http://u:s3cret@"), Map.of()).schemaOf(1);

    assertThat(authorizations).containsExactly("Basic dTpzM2NyZXQ=", "Basic dTpzM2NyZXQ=");
  }

  @Test
  void sendsABearerToken() {
    client(Map.of("bearer.auth.token", "t0ken")).schemaOf(1);

    assertThat(authorizations).containsExactly("Bearer t0ken");
  }

  @Test
  void neverShowsACredential() throws IOException {
    String url = closedPort().replace("http://", "http://u:s3cret@");

    assertThatThrownBy(() -> clientOf(url, Map.of()).schemaOf(1))
        .hasMessageNotContaining("s3cret")
        .hasMessageContaining("GET http://127.0.0.1");
    assertThat(RegistryConfig.parse(Map.of("schema.registry.url", url)).toString())
        .doesNotContain("s3cret");
    assertThatThrownBy(() -> clientOf("http://u:s3 cret@host", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("cret");
  }

  @Test
  void refusesAConfigurationThatCannotBeMeant() {
    assertRefused(Map.of(), "schema.registry.url");
    assertRefused(Map.of("schema.registry.url", "registry:8081"), "http");
    assertRefused(with("basic.auth.user.info", "u:p"), "USER_INFO");
    assertRefused(with("basic.auth.credentials.source", "SASL_INHERIT"), "SASL_INHERIT");
    assertRefused(with("basic.auth.credentials.source", "USER_INFO"), "user:password");
    assertRefused(with("auto.register.schemas", "yes"), "auto.register.schemas");
    assertRefused(with("http.read.timeout.ms", "0"), "http.read.timeout.ms");
    assertRefused(with("http.read.timeout.ms", "soon"), "http.read.timeout.ms");
    assertRefused(with("schema.registry.ssl.truststore.location", "/none"), "truststore");
  }

  private void assertThatItTimesOut(ServerSocket socket) {
    SchemaRegistryClient client =
        clientOf(
            "http://127.0.0.1:" + socket.getLocalPort(),
            Map.of("http.connect.timeout.ms", 200, "http.read.timeout.ms", 300));
    long before = System.nanoTime();

    assertThat(failure(client)).isEqualTo(Code.TIMED_OUT);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  private void trickle(ServerSocket socket) {
    try (Socket connection = socket.accept()) {
      OutputStream out = connection.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      while (!testOver.await(20, TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client has given up, which is what the test is about.
      testOver.countDown();
    }
  }

  private Code answered(int newStatus, String newAnswer) {
    status = newStatus;
    answer = newAnswer;
    return failure(client(Map.of()));
  }

  private static Code failure(SchemaRegistryClient client) {
    return catchThrowableOfType(RegistryException.class, () -> client.schemaOf(1)).code();
  }

  private static void assertRefused(Map<String, ?> config, String reason) {
    assertThatThrownBy(() -> SchemaRegistryClient.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(reason);
  }

  private static Map<String, ?> with(String key, String value) {
    return Map.of("schema.registry.url", "http://127.0.0.1:1", key, value);
  }

  private SchemaRegistryClient client(Map<String, ?> more) {
    return clientOf(url(), more);
  }

  private static SchemaRegistryClient clientOf(String urls, Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("schema.registry.url", urls);
    return SchemaRegistryClient.of(config);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
