package io.emberwatch.local.pipeline;

import io.emberwatch.alerter.AlerterCommand;
import io.emberwatch.collector.CollectorCommand;
import io.emberwatch.embedded.broker.EmbeddedBrokerMain;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.processor.ProcessorCommand;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * What {@link LocalPipeline} runs in one JVM, split into processes that a test can kill: broker,
 * collector, processor and alerter, set up by the same {@link ServiceSettings}. The registry is in
 * this JVM.
 */
public final class SplitPipeline implements AutoCloseable {

  private static final List<String> SERVICES = List.of("collector", "processor", "alerter");
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ShutdownSequence resources = new ShutdownSequence();
  private final Map<String, Integer> adminPorts = new HashMap<>();
  private final Path folder;
  private final String bootstrapServers;
  private final EmbeddedRegistry registry;
  private final ServiceSettings settings;
  private final Program broker;
  private final Program collector;
  private final Program processor;
  private final Program alerter;

  private SplitPipeline(Path folder, TargetsDocument targets, Map<String, List<String>> services)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    int brokerPort = FreePorts.next();
    this.bootstrapServers = "127.0.0.1:" + brokerPort;
    this.registry =
        resources.add(
            "registry",
            CLOSE_LIMIT,
            EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry"))));
    this.settings = settings(targets, services);
    this.broker =
        resources.add(
            "broker",
            CLOSE_LIMIT,
            new Program(
                "broker",
                EmbeddedBrokerMain.class,
                List.of(folder.resolve("broker").toString(), Integer.toString(brokerPort)),
                folder,
                this::brokerAnswers));
    this.alerter = service("alerter", AlerterCommand.class, settings.alerter());
    this.processor = service("processor", ProcessorCommand.class, settings.processor());
    this.collector = service("collector", CollectorCommand.class, settings.collector());
  }

  /**
   * Starts all and returns when all is ready.
   *
   * @param services further settings by service name, as {@link LocalSettings} has them
   */
  public static SplitPipeline start(
      Path folder, TargetsDocument targets, Map<String, List<String>> services) throws IOException {
    SplitPipeline pipeline = new SplitPipeline(folder, targets, services);
    try {
      pipeline.broker.startAndAwait();
      pipeline.createTopics();
      pipeline.services().forEach(Program::start);
      pipeline.services().forEach(Program::awaitReady);
      return pipeline;
    } catch (RuntimeException | Error e) {
      pipeline.close();
      throw e;
    }
  }

  public Program broker() {
    return broker;
  }

  public Program processor() {
    return processor;
  }

  public Program alerter() {
    return alerter;
  }

  /** Collector, processor and alerter. */
  public List<Program> services() {
    return List.of(alerter, processor, collector);
  }

  /** Starts again what a failed test has left killed. */
  public void restartDead() {
    Stream.concat(Stream.of(broker), services().stream())
        .filter(program -> !program.isAlive())
        .forEach(Program::startAndAwait);
  }

  /** Of Kafka clients of this pipeline. */
  public ClientProperties clients() {
    return new ClientProperties(KafkaSettings.plain(bootstrapServers));
  }

  /** A new client of its registry. */
  public SchemaRegistryClient schemas() {
    return SchemaRegistryClient.of(Map.of("schema.registry.url", registry.url()));
  }

  /** Of the alerter's REST and pages, without a slash at the end. */
  public String pageUrl() {
    return settings.pageUrl();
  }

  private ServiceSettings settings(TargetsDocument targets, Map<String, List<String>> services)
      throws IOException {
    Path targetsFile = folder.resolve("targets.yaml");
    targets.write(targetsFile);
    Map<String, List<String>> all = new HashMap<>();
    for (String service : SERVICES) {
      int port = FreePorts.next();
      adminPorts.put(service, port);
      List<String> own = new ArrayList<>(services.getOrDefault(service, List.of()));
      own.add("admin.port=" + port);
      all.put(service, own);
    }
    return new ServiceSettings(
        bootstrapServers, registry.url(), folder, targetsFile, FreePorts.next(), all);
  }

  private Program service(String name, Class<?> command, List<String> own) {
    List<String> arguments = new ArrayList<>();
    own.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return resources.add(
        name, CLOSE_LIMIT, new Program(name, command, arguments, folder, () -> isReady(name)));
  }

  private void createTopics() {
    try (Admin admin = Admin.create(clients().admin("split-topics"))) {
      new TopicAdmin(admin, Duration.ofMinutes(1)).create(TopicSizing.uniform(1, 2));
    }
  }

  private boolean isReady(String service) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + adminPorts.get(service) + "/health/ready");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  private boolean brokerAnswers() throws Exception {
    try (Admin admin = Admin.create(clients().admin("split-ready"))) {
      return !admin
          .describeCluster()
          .nodes()
          .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .isEmpty();
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
