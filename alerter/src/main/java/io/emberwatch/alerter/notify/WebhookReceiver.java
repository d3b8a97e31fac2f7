package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.store.Notification;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to a Standard Webhook 1.0: {@code webhook-id} is the notification's id and the same on
 * every attempt, {@code webhook-timestamp} is the attempt's, {@code webhook-signature} covers both
 * and the body. Redirects are never followed, and no more than the beginning of an answer is read.
 */
public final class WebhookReceiver implements Receiver {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int MAX_ANSWER_BYTES = 500;

  private final WebhookSettings settings;
  private final NoticeFormat format;
  private final Clock clock;
  private final HttpClient client;

  public WebhookReceiver(WebhookSettings settings, NoticeFormat format, Clock clock) {
    this.settings = settings;
    this.format = format;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(
                settings.deadline().compareTo(CONNECT_LIMIT) < 0
                    ? settings.deadline()
                    : CONNECT_LIMIT)
            .build();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Duration deadline() {
    return settings.deadline();
  }

  @Override
  public Delivery send(Notification notification) {
    HttpRequest request;
    try {
      request = request(notification);
    } catch (RuntimeException e) {
      return new Delivery.Broken("the secret cannot be used: " + e.getClass().getSimpleName());
    }
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, response -> new CappedText(MAX_ANSWER_BYTES));
    try {
      return delivery(answer.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      // Cancelling closes the connection; a request timeout would not cover a body that stalls.
      answer.cancel(true);
      return new Delivery.Unanswered("no answer in " + settings.deadline().toMillis() + " ms");
    } catch (ExecutionException e) {
      return WebhookAnswer.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Delivery.Unanswered("interrupted by the end of the process");
    }
  }

  /** The client's own threads end when nothing refers to it; Java 17 has no way to close it. */
  @Override
  public void close() {}

  private Delivery delivery(HttpResponse<String> answer) {
    return WebhookAnswer.of(
        answer.statusCode(),
        answer.headers().firstValue("retry-after"),
        answer.body(),
        clock.instant());
  }

  private HttpRequest request(Notification notification) {
    String body = notification.minimal() ? format.minimal(notification) : notification.body();
    Instant now = clock.instant();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .header("content-type", "application/json")
            .header("user-agent", "emberwatch")
            .header("webhook-id", notification.id())
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!settings.secrets().isEmpty()) {
      request.header(
          "webhook-signature",
          WebhookSignature.of(settings.secrets(), notification.id(), now.getEpochSecond(), body));
    }
    return request.build();
  }
}
