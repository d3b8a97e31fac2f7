package io.emberwatch.alerter.notify;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the beginning of a body and drops the connection when there is more. */
final class CappedText implements HttpResponse.BodySubscriber<String> {

  private final int maxBytes;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  CappedText(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), maxBytes - read.size())];
      buffer.get(bytes);
      read.writeBytes(bytes);
    }
    if (read.size() >= maxBytes) {
      if (subscription != null) {
        subscription.cancel();
      }
      complete();
    }
  }

  @Override
  public void onError(Throwable fault) {
    text.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    complete();
  }

  private void complete() {
    text.complete(read.toString(StandardCharsets.UTF_8));
  }
}
