package io.emberwatch.local.pipeline;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final ShutdownSequence resources = new ShutdownSequence();
  private final ServiceSettings settings;
  private final RunningServices services;

  private LocalPipeline(LocalSettings wanted) throws IOException, TimeoutException {
    try {
      Path state = Files.createDirectories(wanted.stateFolder());
      EmbeddedBroker broker =
          resources.add(
              "broker",
              CLOSE_LIMIT,
              EmbeddedBroker.start(
                  EmbeddedBroker.Settings.in(state.resolve("broker"))
                      .withPort(freePort(wanted.brokerPort()))));
      EmbeddedRegistry registry =
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
      createTopics();
      this.services =
          resources.add("services", RunningServices.CLOSE_LIMIT, RunningServices.start(settings));
    } catch (IOException | TimeoutException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /**
   * Starts everything and returns when all of it is healthy. What was started is stopped again when
   * something does not start.
   *
   * @throws TimeoutException naming what is not healthy in time
   */
  public static LocalPipeline start(LocalSettings wanted) throws IOException, TimeoutException {
    return new LocalPipeline(wanted);
  }

  /** Completes exceptionally when one of the services cannot go on. */
  public CompletableFuture<Void> termination() {
    return services.termination();
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
        new ClientProperties(KafkaSettings.plain(settings.bootstrapServers()));
    try (Admin admin = Admin.create(properties.admin("emberwatch-local"))) {
      new TopicAdmin(admin, TOPICS_LIMIT).create(SIZING);
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
