package io.emberwatch.runtime.lifecycle;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Something that runs until it is closed. */
public interface Service extends AutoCloseable {

  /** One word for logs and metrics, such as {@code collector}. */
  String name();

  /**
   * Starts and returns; readiness is told by {@link #checks}. Called once.
   *
   * @throws Exception when it cannot start; {@link #close} is called then too
   */
  void start() throws Exception;

  /** How its components are; it is ready when there is at least one and all are ok. */
  List<Check> checks();

  /**
   * Completes exceptionally when the service cannot go on, which ends the process with {@link
   * ExitCode#FAULT}, and normally when its work is done. The default never completes. Called once,
   * after start.
   */
  default CompletableFuture<Void> termination() {
    return new CompletableFuture<>();
  }

  /** Stops and frees everything; also called when start failed half-way. Idempotent. */
  @Override
  void close();
}
