package io.emberwatch.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.emberwatch.schemas.registry.RegistryException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the registry. It asks the URL that answered last; when that one does not answer, or
 * answers that it cannot, it asks the next, each once. Every try has a deadline for the whole
 * exchange, since the JDK's own request timeout ends with the headers. It follows no redirect, so
 * that credentials go nowhere else.
 */
final class RegistryHttp {

  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  /** The largest schema of the contract has 70 kB. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  private final RegistryConfig config;
  private final HttpClient client;
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(RegistryConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout());
    if (config.urls().stream().noneMatch(url -> "https".equalsIgnoreCase(url.getScheme()))) {
      withoutTls(builder);
    }
    config.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Otherwise the client reads the JVM's trust store as it is made: 400 classes, a tenth of a
   * collector's start.
   */
  private static void withoutTls(HttpClient.Builder builder) {
    try {
      builder.sslContext(SSLContext.getInstance("TLS")).sslParameters(new SSLParameters());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has TLS", impossible);
    }
  }

  /**
   * Answer to a request.
   *
   * @param path path below the registry's URL, encoded
   * @param body JSON to send; null: none
   * @throws RegistryException if there is no good answer
   */
  JsonNode send(String method, String path, @Nullable String body) {
    List<URI> urls = config.urls();
    int first = preferred.get();
    RegistryException failure = null;
    for (int attempt = 0; attempt < urls.size(); attempt++) {
      int index = (first + attempt) % urls.size();
      try {
        JsonNode answer = sendTo(urls.get(index), method, path, body);
        if (preferred.getAndSet(index) != index) {
          log.info("registry url changed url={}", urls.get(index));
        }
        return answer;
      } catch (RegistryException e) {
        if (!e.retriable()) {
          throw e;
        }
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure == null ? new IllegalStateException("no registry URL") : failure;
  }

  private JsonNode sendTo(URI url, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    config.authorization().ifPresent(value -> request.header("Authorization", value));
    String what = method + " " + url + path;
    HttpResponse<byte[]> response =
        await(client.sendAsync(request.build(), info -> new BoundedBody(MAX_ANSWER_BYTES)), what);
    return RegistryAnswer.read(response.statusCode(), response.body(), what);
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> exchange, String what) {
    try {
      return exchange.get(config.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RegistryException(
          Code.TIMED_OUT, "%s: no whole answer within %s".formatted(what, config.deadline()), e);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while waiting for the registry", e);
    } finally {
      // Frees the socket of an exchange that is not over; does nothing to one that is.
      exchange.cancel(true);
    }
  }

  private static RegistryException failure(String what, @Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof RegistryException e) {
        return new RegistryException(e.code(), what + ": " + e.getMessage(), e);
      }
    }
    String reason = cause == null ? "unknown" : cause.getClass().getSimpleName();
    String detail = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    Code code = cause instanceof IOException ? Code.UNREACHABLE : Code.PROTOCOL;
    return new RegistryException(code, what + ": " + reason + detail, cause);
  }
}
