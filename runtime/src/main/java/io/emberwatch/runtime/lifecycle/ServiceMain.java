package io.emberwatch.runtime.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service from start to close and says how it ended. {@link #untilSignal} is for a process
 * of its own; {@link #run} with {@link #stop} is for a service inside another.
 */
public final class ServiceMain {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

  private final Service service;
  private final Duration closeLimit;
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CompletableFuture<ExitCode> exit = new CompletableFuture<>();

  /**
   * @param closeLimit how long closing may take in all
   */
  public ServiceMain(Service service, Duration closeLimit) {
    this.service = service;
    this.closeLimit = closeLimit;
  }

  /**
   * Runs until SIGTERM or SIGINT or the service's own end. After a signal the process ends with the
   * exit code from inside a shutdown hook, since the JVM would report 143 or 130 for a clean stop.
   */
  public static ExitCode untilSignal(Service service, Duration closeLimit) {
    ServiceMain main = new ServiceMain(service, closeLimit);
    Runtime.getRuntime().addShutdownHook(new Thread(main::closeAndHalt, "signal"));
    return main.run();
  }

  /** Starts, waits for {@link #stop} or the service's own end, and closes. Call once. */
  public ExitCode run() {
    ExitCode code = ExitCode.FAULT;
    try {
      boolean ended = startAndWait();
      boolean closed = close();
      code = ended && closed ? ExitCode.OK : ExitCode.FAULT;
    } finally {
      LOG.info("event=service_stopped service={} exit={}", service.name(), code.code());
      exit.complete(code);
    }
    return code;
  }

  /** Makes {@link #run} close and return; from any thread, also before run. */
  public void stop() {
    stop.complete(null);
  }

  private boolean startAndWait() {
    try {
      long start = System.nanoTime();
      service.start();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      LOG.info("event=service_started service={} millis={}", service.name(), millis);
      CompletableFuture.anyOf(stop, service.termination()).get();
      return true;
    } catch (InterruptedException e) {
      LOG.warn("event=service_interrupted service={}", service.name());
    } catch (ExecutionException e) {
      LOG.error("event=service_failed service={}", service.name(), e.getCause());
    } catch (Exception e) {
      LOG.error("event=service_start_failed service={}", service.name(), e);
    }
    return false;
  }

  private boolean close() {
    ShutdownSequence shutdown = new ShutdownSequence();
    shutdown.add(service.name(), closeLimit, service);
    shutdown.close();
    return shutdown.clean();
  }

  /** Does nothing when the JVM ends by itself after {@link #run}, whose code then stands. */
  private void closeAndHalt() {
    if (exit.isDone()) {
      return;
    }
    LOG.info("event=signal_received service={}", service.name());
    stop();
    Runtime.getRuntime().halt(awaitExit().code());
  }

  /** Starting may hang too, so the wait is bounded: the close limit and 5 s to come to it. */
  private ExitCode awaitExit() {
    try {
      return exit.get(closeLimit.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      LOG.error("event=service_not_closed_in_time service={}", service.name());
      return ExitCode.FAULT;
    }
  }
}
