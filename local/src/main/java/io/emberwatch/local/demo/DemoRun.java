package io.emberwatch.local.demo;

import io.emberwatch.local.pipeline.LocalPipeline;
import io.emberwatch.local.pipeline.LocalSettings;
import io.emberwatch.local.pipeline.TargetsDocument;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.ShutdownSequence;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Everything the demo needs, started in order and stopped in reverse. */
public final class DemoRun implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(40);

  private final ShutdownSequence resources = new ShutdownSequence();
  private final Clock clock = Clock.systemUTC();
  private final PrintWriter out;
  private final LocalPipeline pipeline;
  private final Demo demo;

  private DemoRun(@Nullable Path state, int pagePort, PrintWriter out)
      throws IOException, TimeoutException {
    this.out = out;
    say("Starting a Redis primary and its replica, the broker and the three services ...");
    long begin = System.nanoTime();
    try {
      Path folder = state != null ? state : temporaryFolder();
      DemoRedis servers = resources.add("redis", CLOSE_LIMIT, DemoRedis.start());
      WebhookInbox inbox = resources.add("webhook", CLOSE_LIMIT, WebhookInbox.start(clock));
      this.pipeline =
          resources.add(
              "pipeline",
              CLOSE_LIMIT,
              LocalPipeline.start(settings(folder, pagePort, servers, inbox)));
      TopicWatch topics = resources.add("watch", CLOSE_LIMIT, watch());
      this.demo = new Demo(servers, topics, inbox, out, clock);
    } catch (IOException | TimeoutException | RuntimeException e) {
      resources.close();
      throw e;
    }
    say(
        "Up after %.1f s: page %s, broker %s, registry %s",
        (System.nanoTime() - begin) / 1e9,
        pipeline.pageUrl(),
        pipeline.bootstrapServers(),
        pipeline.registryUrl());
  }

  /**
   * Starts everything.
   *
   * @param state where everything is kept; null for a temporary folder
   * @param pagePort wanted port of the page
   */
  public static DemoRun start(@Nullable Path state, int pagePort, PrintWriter out)
      throws IOException, TimeoutException {
    return new DemoRun(state, pagePort, out);
  }

  /** Injects every fault, prints the table, and says whether all went as it must. */
  public boolean breakEverything() throws IOException, InterruptedException {
    List<FaultRun> runs = demo.run(Faults.all());
    say("%n%s", FaultTable.print(runs));
    say("Seconds count from the fault, and to the end from its healing. Poll interval 1 s.");
    return runs.stream().allMatch(run -> run.failure().isEmpty());
  }

  /** Completes exceptionally when one of the services cannot go on. */
  public CompletableFuture<Void> termination() {
    return pipeline.termination();
  }

  /** Address of the web page. */
  public String pageUrl() {
    return pipeline.pageUrl();
  }

  private static LocalSettings settings(
      Path folder, int pagePort, DemoRedis servers, WebhookInbox inbox) throws IOException {
    TargetsDocument targets =
        new TargetsDocument("demo", "store", POLL_INTERVAL, servers.addresses());
    return new LocalSettings(
        folder, targets, pagePort, 9092, 8081, DemoSettings.services(folder, inbox.uri()));
  }

  private TopicWatch watch() {
    ClientProperties properties =
        new ClientProperties(KafkaSettings.plain(pipeline.bootstrapServers()));
    return TopicWatch.start(
        properties,
        SchemaRegistryClient.of(Map.of("schema.registry.url", pipeline.registryUrl())),
        clock);
  }

  private Path temporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("emberwatch-demo");
    resources.add("folder", CLOSE_LIMIT, new TemporaryFolder(folder));
    return folder;
  }

  private void say(String format, Object... figures) {
    out.println(String.format(Locale.ROOT, format, figures));
    out.flush();
  }

  @Override
  public void close() {
    resources.close();
  }
}
