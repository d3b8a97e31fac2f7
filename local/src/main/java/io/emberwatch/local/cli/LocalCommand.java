package io.emberwatch.local.cli;

import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.local.pipeline.LocalPipeline;
import io.emberwatch.local.pipeline.LocalSettings;
import io.emberwatch.local.pipeline.TargetsDocument;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline in this JVM until a signal. */
@Command(
    name = "local",
    description = {
      "Run broker, registry, collector, processor and alerter in one process.",
      "Watches the Redis servers named, or one that it starts. Stops cleanly on Ctrl-C."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch local",
      "  emberwatch local --redis redis://127.0.0.1:6379 --redis redis://127.0.0.1:6380",
      "  emberwatch local --state /var/tmp/emberwatch --page-port 9000 --poll-interval 5"
    })
final class LocalCommand implements Callable<Integer> {

  @Option(
      names = "--redis",
      paramLabel = "URI",
      description = {
        "A server to watch, redis://host:port; may be repeated. They form one replication group.",
        "Without it a server is started. For passwords, TLS and labels run the collector with a targets file."
      })
  private List<URI> redis = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      defaultValue = ".emberwatch/local",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path state = Path.of("");

  @Option(
      names = "--poll-interval",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Seconds between polls of a server. Default: ${DEFAULT-VALUE}.")
  private int pollIntervalSeconds;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      defaultValue = "8420",
      description =
          "Of the web page; a free one is taken when it is in use. Default: ${DEFAULT-VALUE}.")
  private int pagePort;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Of the broker, likewise. Default: ${DEFAULT-VALUE}.")
  private int brokerPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of the schema registry, likewise. Default: ${DEFAULT-VALUE}.")
  private int registryPort;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, TimeoutException {
    List<String> named = redis.stream().map(this::address).toList();
    try (StopSignal stop = new StopSignal()) {
      if (named.isEmpty()) {
        try (RedisProcess own = RedisProcess.start()) {
          run(List.of(own.host() + ":" + own.port()), stop);
        }
      } else {
        run(named, stop);
      }
    }
    return ExitCode.OK.code();
  }

  private void run(List<String> addresses, StopSignal stop) throws IOException, TimeoutException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting broker, registry, collector, processor and alerter ...");
    out.flush();
    long begin = System.nanoTime();
    try (LocalPipeline pipeline = LocalPipeline.start(settings(addresses))) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      out.printf(Locale.ROOT, "Emberwatch is up after %.1f s; Ctrl-C stops it.%n", seconds);
      out.println("  page      " + pipeline.pageUrl());
      out.println("  broker    " + pipeline.bootstrapServers());
      out.println("  registry  " + pipeline.registryUrl());
      out.println("  watching  " + String.join(", ", addresses));
      out.flush();
      stop.await();
      out.println("Stopping ...");
      out.flush();
    }
  }

  private LocalSettings settings(List<String> addresses) {
    Duration interval = Duration.ofSeconds(pollIntervalSeconds);
    TargetsDocument targets = new TargetsDocument("redis", "unspecified", interval, addresses);
    return new LocalSettings(state, targets, pagePort, brokerPort, registryPort, Map.of());
  }

  private String address(URI uri) {
    boolean plain =
        "redis".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
    if (!plain) {
      throw new ParameterException(
          spec.commandLine(),
          "--redis takes redis://host:port without a password; for passwords and TLS write a targets"
              + " file and run the collector");
    }
    return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
  }
}
