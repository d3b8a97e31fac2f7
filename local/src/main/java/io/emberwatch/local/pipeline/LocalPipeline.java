package io.emberwatch.local.pipeline;

import io.emberwatch.alerter.AlerterApp;
import io.emberwatch.alerter.AlerterConfig;
import io.emberwatch.collector.CollectorApp;
import io.emberwatch.collector.CollectorConfig;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.processor.ProcessorApp;
import io.emberwatch.processor.ProcessorConfig;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.Service;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker, registry and the three services in this JVM. Everything is kept under one folder, so a
 * second start goes on where the first ended, even when that was killed.
 */
public final class LocalPipeline implements AutoCloseable {

  /** One machine needs no more, and each costs the processor a task per stage. */
  private static final TopicSizing SIZING = TopicSizing.uniform(1, 2);

  private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
  private static final Duration HEALTHY_LIMIT = Duration.ofSeconds(90);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final ShutdownSequence resources = new ShutdownSequence();
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final ServiceSettings settings;

  private LocalPipeline(LocalSettings wanted) throws IOException, TimeoutException {
    Path state = Files.createDirectories(wanted.stateFolder());
    this.broker =
        resources.add(
            "broker",
            CLOSE_LIMIT,
            EmbeddedBroker.start(
                EmbeddedBroker.Settings.in(state.resolve("broker"))
                    .withPort(freePort(wanted.brokerPort()))));
    this.registry =
        resources.add(
            "registry",
            CLOSE_LIMIT,
            EmbeddedRegistry.start(
                EmbeddedRegistry.Settings.in(state.resolve("registry"))
                    .withPort(freePort(wanted.registryPort()))));
    Path targets = state.resolve("targets.yaml");
    wanted.targets().write(targets);
    this.settings =
        new ServiceSettings(
            broker.bootstrapServers(),
            registry.url(),
            state,
            targets,
            freePort(wanted.pagePort()),
            wanted.services());
  }

  /**
   * Starts everything and returns when all of it is healthy. What was started is stopped again when
   * something does not start.
   *
   * @throws TimeoutException naming what is not healthy in time
   */
  public static LocalPipeline start(LocalSettings wanted) throws IOException, TimeoutException {
    LocalPipeline pipeline = new LocalPipeline(wanted);
    try {
      pipeline.createTopics();
      pipeline.startServices();
      return pipeline;
    } catch (RuntimeException | TimeoutException e) {
      pipeline.close();
      throw e;
    }
  }

  /** Of the broker. */
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** Of the schema registry. */
  public String registryUrl() {
    return settings.registryUrl();
  }

  /** Of the web page. */
  public String pageUrl() {
    return settings.pageUrl();
  }

  private void createTopics() {
    ClientProperties properties =
        new ClientProperties(KafkaSettings.plain(broker.bootstrapServers()));
    try (Admin admin = Admin.create(properties.admin("emberwatch-local"))) {
      new TopicAdmin(admin, TOPICS_LIMIT).create(SIZING);
    }
  }

  /** The services start side by side: each of them mostly waits for the broker. */
  private void startServices() throws TimeoutException {
    List<Service> services = List.of(alerter(), processor(), collector());
    services.forEach(service -> resources.add(service.name(), CLOSE_LIMIT, service));
    CompletableFuture<?>[] starts =
        services.stream()
            .map(service -> CompletableFuture.runAsync(() -> startOne(service)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(starts).join();
    Readiness.await(services, HEALTHY_LIMIT);
  }

  private Service alerter() {
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

  private Service processor() {
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

  private Service collector() {
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

  private static int freePort(int wanted) {
    return FreePorts.isFree(wanted) ? wanted : FreePorts.next();
  }

  @Override
  public void close() {
    resources.close();
  }
}
