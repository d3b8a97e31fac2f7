package io.emberwatch.local.pipeline;

import io.emberwatch.alerter.AlerterApp;
import io.emberwatch.alerter.AlerterConfig;
import io.emberwatch.collector.CollectorApp;
import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.processor.ProcessorApp;
import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * Collector, processor and alerter in this JVM, on servers that somebody else has started: the
 * broker with its topics, the registry and the database.
 */
public final class RunningServices implements AutoCloseable {

  /** Longest that {@link #close} takes: each service has a third of it. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

  private static final Duration HEALTHY_LIMIT = Duration.ofSeconds(90);

  private final ShutdownSequence running = new ShutdownSequence();
  private CompletableFuture<Void> termination = new CompletableFuture<>();

  private RunningServices() {}

  /**
   * Starts the services and returns when all of them are healthy. What was started is stopped again
   * when something does not start.
   *
   * @throws TimeoutException naming what is not healthy in time
   */
  public static RunningServices start(ServiceSettings settings) throws TimeoutException {
    RunningServices services = new RunningServices();
    try {
      services.start(List.of(alerter(settings), processor(settings), collector(settings)));
      return services;
    } catch (RuntimeException | TimeoutException e) {
      services.close();
      throw e;
    }
  }

  /** They start side by side: each of them mostly waits for the broker. */
  private void start(List<Service> services) throws TimeoutException {
    services.forEach(service -> running.add(service.name(), CLOSE_LIMIT.dividedBy(3), service));
    CompletableFuture<?>[] starts =
        services.stream()
            .map(service -> CompletableFuture.runAsync(() -> startOne(service)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(starts).join();
    termination =
        CompletableFuture.anyOf(
                services.stream().map(Service::termination).toArray(CompletableFuture<?>[]::new))
            .thenApply(ended -> null);
    Readiness.await(services, HEALTHY_LIMIT);
  }

  private static Service alerter(ServiceSettings settings) {
    ConfigReader reader =
        load(
            settings.alerter(),
            AlerterConfig.REFERENCE,
            AlerterConfig.class,
            AlerterConfig.ENV_PREFIX);
    AlerterConfig config = AlerterConfig.read(reader);
    reader.check();
    return new AlerterApp(config, Clock.systemUTC());
  }

  private static Service processor(ServiceSettings settings) {
    ConfigReader reader =
        load(
            settings.processor(),
            ProcessorConfig.REFERENCE,
            ProcessorConfig.class,
            ProcessorConfig.ENV_PREFIX);
    ProcessorConfig config = ProcessorConfig.read(reader);
    reader.check();
    return new ProcessorApp(config);
  }

  private static Service collector(ServiceSettings settings) {
    ConfigReader reader =
        load(
            settings.collector(),
            CollectorConfig.REFERENCE,
            CollectorConfig.class,
            CollectorConfig.ENV_PREFIX);
    CollectorConfig config = CollectorConfig.read(reader, System.getenv());
    reader.check();
    TargetFile targets =
        new TargetFile(config.targetsFile(), config.targetsReload(), Clock.systemUTC());
    return new CollectorApp(config, targets, Clock.systemUTC());
  }

  private static ConfigReader load(
      List<String> overrides, String reference, Class<?> anchor, String envPrefix) {
    return ServiceConfig.load(
        reference, anchor, Optional.empty(), envPrefix, System.getenv(), overrides);
  }

  private static void startOne(Service service) {
    try {
      service.start();
    } catch (Exception e) {
      throw new CompletionException(service.name() + " did not start: " + e.getMessage(), e);
    }
  }

  /** Completes, exceptionally when it failed, with the first service that ends by itself. */
  CompletableFuture<Void> termination() {
    return termination;
  }

  /** Stops the services: the collector first, so that what it sent is still worked through. */
  @Override
  public void close() {
    running.close();
  }
}
