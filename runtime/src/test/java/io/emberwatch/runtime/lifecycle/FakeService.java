package io.emberwatch.runtime.lifecycle;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service that does what a test tells it. */
final class FakeService implements Service {

  final CompletableFuture<Void> termination = new CompletableFuture<>();
  final CompletableFuture<Void> started = new CompletableFuture<>();
  boolean failStart;
  boolean closed;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void start() {
    if (failStart) {
      throw new IllegalStateException("no broker");
    }
    started.complete(null);
  }

  @Override
  public List<Check> checks() {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> termination() {
    return termination;
  }

  @Override
  public void close() {
    closed = true;
  }
}
