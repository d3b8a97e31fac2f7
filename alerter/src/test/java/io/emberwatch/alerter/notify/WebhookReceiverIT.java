package io.emberwatch.alerter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.alerter.FakeWebhook;
import io.emberwatch.runtime.config.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverIT extends ReceiverContract {

  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /** The deadline and what a busy machine adds. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String SECRET = "whsec_" + "c2VjcmV0LW9mLXR3ZW50eS1mb3VyLWJ5dGVz";

  private final CountDownLatch over = new CountDownLatch(1);
  private final FakeWebhook webhook;

  WebhookReceiverIT() throws IOException {
    webhook = new FakeWebhook("incident.triggered");
  }

  @AfterEach
  void stopWebhook() {
    over.countDown();
    webhook.close();
  }

  @Override
  Receiver accepting() {
    return receiver(webhook.url(), Duration.ofSeconds(20));
  }

  @Test
  void neverFollowsARedirect() throws IOException {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 302 Found", "location: " + webhook.url(), "content-length: 0", "")) {
      assertThat(send(server)).isInstanceOf(Delivery.Broken.class);
    }
    assertThat(webhook.arrivals()).isEmpty();
  }

  @Test
  void readsNoMoreThanTheBeginningOfAGigabyte() throws IOException {
    try (RawServer server = RawServer.answering(WebhookReceiverIT::gigabyte)) {
      Delivery delivery = send(server);

      assertThat(delivery).isInstanceOf(Delivery.Failed.class);
      assertThat(delivery.detail()).hasSizeLessThan(600);
      assertThat(server.bytesWritten()).isLessThan(100_000_000);
    }
  }

  @Test
  void givesUpOnABodyThatTrickles() throws IOException {
    try (RawServer server = RawServer.answering(this::trickle)) {
      assertThat(sendSoon(server)).isInstanceOf(Delivery.Unanswered.class);
    }
  }

  @Test
  void givesUpWhenTheHeadersNeverCome() throws IOException {
    try (RawServer server = RawServer.answering(out -> untilOver())) {
      assertThat(sendSoon(server)).isInstanceOf(Delivery.Unanswered.class);
    }
  }

  @Test
  void doesNotKnowWhetherItArrivedWhenTheConnectionBreaks() throws IOException {
    try (RawServer server = RawServer.answering(OutputStream::close)) {
      assertThat(send(server)).isInstanceOf(Delivery.Unanswered.class);
    }
  }

  @Test
  void knowsThatNothingWasSentWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI url = URI.create("http://127.0.0.1:" + port + "/hook");

    try (Receiver receiver = receiver(url, DEADLINE)) {
      assertThat(receiver.send(Notices.notice("x"))).isInstanceOf(Delivery.NotSent.class);
    }
  }

  @Test
  void readsRetryAfterWhateverItSays() throws IOException {
    assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
    assertThat(retryAfter("Mon, 05 Jan 2026 10:01:00 GMT")).isEqualTo(Duration.ofMinutes(1));
    assertThat(retryAfter("86400")).as("capped by the policy").isEqualTo(Duration.ofDays(1));
    assertThat(retryAfter("-5")).isNull();
    assertThat(retryAfter("soon")).isNull();
    assertThat(retryAfter("99999999999999999999")).isNull();
  }

  @Test
  void tellsNeitherSecretNorAddress() throws IOException {
    try (RawServer server = RawServer.saying("HTTP/1.1 404 Not Found", "content-length: 0", "");
        Receiver receiver = receiver(URI.create(server.url() + "?token=hunter2"), DEADLINE)) {
      Delivery delivery = receiver.send(Notices.notice("x"));

      assertThat(delivery).isInstanceOf(Delivery.Broken.class);
      assertThat(delivery.detail()).doesNotContain("hunter2", SECRET);
    }
  }

  private static void gigabyte(OutputStream out) throws IOException {
    out.write(ascii("HTTP/1.1 500 Oops\r\ncontent-length: 1000000000\r\n\r\n"));
    byte[] block = ascii("x".repeat(100_000));
    for (int i = 0; i < 10_000; i++) {
      out.write(block);
    }
  }

  private void trickle(OutputStream out) throws IOException {
    out.write(ascii("HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n"));
    boolean ended = false;
    while (!ended) {
      out.write('x');
      out.flush();
      ended = waited(50);
    }
  }

  private void untilOver() {
    waited(60_000);
  }

  private boolean waited(long millis) {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static @Nullable Duration retryAfter(String header) throws IOException {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 429 Too Many", "retry-after: " + header, "content-length: 0", "")) {
      return ((Delivery.Throttled) send(server)).retryAfter();
    }
  }

  private static Delivery sendSoon(RawServer server) {
    long start = System.nanoTime();
    Delivery delivery = send(server);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DEADLINE, SOON);
    return delivery;
  }

  private static Delivery send(RawServer server) {
    try (Receiver receiver = receiver(server.url(), DEADLINE)) {
      return receiver.send(Notices.notice("Memory is 96 %"));
    }
  }

  private static Receiver receiver(URI url, Duration deadline) {
    WebhookSettings settings =
        new WebhookSettings(NAME, url, List.of(Secret.ofValue("test", SECRET)), deadline);
    return new WebhookReceiver(
        settings, new NoticeFormat("test", ""), Clock.fixed(Notices.T0, ZoneOffset.UTC));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
