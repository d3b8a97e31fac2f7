package io.emberwatch.local.cli;

import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.local.pipeline.LocalPipeline;
import io.emberwatch.local.pipeline.LocalSettings;
import io.emberwatch.local.pipeline.TargetsDocument;
import io.emberwatch.runtime.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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
      "  emberwatch local --redis redis://10.0.0.1:6379,redis://10.0.0.2:6379 --redis redis://10.0.0.3",
      "  emberwatch local --state /var/tmp/emberwatch --page-port 9000 --poll-interval 5"
    })
final class LocalCommand implements Callable<Integer> {

  @Option(
      names = "--redis",
      paramLabel = "URI[,URI...]",
      description = {
        "A replication group to watch: a server, redis://host:port, or a primary and its replicas",
        "separated by commas. May be repeated, once a group. Without it a server is started.",
        "For passwords, TLS and labels run the collector with a targets file."
      })
  private List<String> redis = new ArrayList<>();

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
  public Integer call() throws IOException, TimeoutException, ExecutionException {
    SortedMap<String, List<String>> named = groups();
    try (StopSignal stop = new StopSignal()) {
      if (named.isEmpty()) {
        try (RedisProcess own = RedisProcess.start()) {
          String address = own.host() + ":" + own.port();
          run(new TreeMap<>(Map.of("redis", List.of(address))), stop);
        }
      } else {
        run(named, stop);
      }
    }
    return ExitCode.OK.code();
  }

  /** By the address of the first member, which is unique and means something to a reader. */
  private SortedMap<String, List<String>> groups() {
    SortedMap<String, List<String>> groups = new TreeMap<>();
    for (String group : redis) {
      List<String> addresses = Arrays.stream(group.split(",")).map(this::address).toList();
      groups.put(addresses.get(0).replace(':', '-'), addresses);
    }
    return groups;
  }

  private void run(SortedMap<String, List<String>> groups, StopSignal stop)
      throws IOException, TimeoutException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting broker, registry, collector, processor and alerter ...");
    out.flush();
    long begin = System.nanoTime();
    try (LocalPipeline pipeline = LocalPipeline.start(settings(groups))) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      out.printf(Locale.ROOT, "Emberwatch is up after %.1f s; Ctrl-C stops it.%n", seconds);
      out.println("  page      " + pipeline.pageUrl());
      out.println("  broker    " + pipeline.bootstrapServers());
      out.println("  registry  " + pipeline.registryUrl());
      groups
          .values()
          .forEach(addresses -> out.println("  watching  " + String.join(", ", addresses)));
      out.flush();
      stop.await(pipeline.termination());
      out.println("Stopping ...");
      out.flush();
    }
  }

  private LocalSettings settings(SortedMap<String, List<String>> groups) {
    Duration interval = Duration.ofSeconds(pollIntervalSeconds);
    TargetsDocument targets = new TargetsDocument("unspecified", interval, groups);
    return new LocalSettings(state, targets, pagePort, brokerPort, registryPort, Map.of());
  }

  private String address(String text) {
    URI uri = parse(text.strip());
    boolean plain =
        "redis".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
    if (!plain) {
      throw refused();
    }
    return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
  }

  private URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw refused();
    }
  }

  /** Without the text, which may hold a password. */
  private ParameterException refused() {
    return new ParameterException(
        spec.commandLine(),
        "--redis takes redis://host:port without a password; for passwords and TLS write a targets"
            + " file and run the collector");
  }
}
