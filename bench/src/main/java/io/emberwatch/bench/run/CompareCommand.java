package io.emberwatch.bench.run;

import io.emberwatch.bench.fake.FakeFleet;
import io.emberwatch.bench.fake.WarmRedis;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Our collector against redis_exporter: goals P1, P2 and P8. */
@Command(
    name = "compare",
    description = {
      "Runs the collector and prometheus-redis-exporter in turns against the same Redis 7.0",
      "servers, and against fake ones, and prints what a sample costs, and the ratios."
    })
final class CompareCommand implements Callable<Integer> {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** The exporter reaches a few hundred scrapes a second; its cost of one does not depend on it. */
  private static final int EXPORTER_FAKES = 100;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private Workplace workplace = new Workplace();

  @Option(names = "--short", description = "To try: 10 servers, one round, seconds of warm-up.")
  private boolean brief;

  @Option(names = "--rounds", description = "Rounds of each pair. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(names = "--skip", description = "Parts to leave out: real, fake, start, memory.")
  private List<String> skipped = new ArrayList<>();

  @Override
  public Integer call() {
    Path folder = workplace.folder();
    print("logs in %s", folder);
    try (KafkaServers kafka = KafkaServers.start(folder)) {
      CollectorProcess.Settings lean =
          new CollectorProcess.Settings(workplace.collector(), folder, kafka, true);
      if (!skipped.contains("real") || !skipped.contains("start")) {
        real(lean);
      }
      if (!skipped.contains("fake") || !skipped.contains("memory")) {
        fake(lean);
      }
    }
    return 0;
  }

  private void real(CollectorProcess.Settings lean) {
    List<RedisProcess> servers = new ArrayList<>();
    try {
      for (int i = 0; i < (brief ? 10 : 100); i++) {
        servers.add(WarmRedis.start());
      }
      List<String> targets = servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
      if (!skipped.contains("start")) {
        starts(lean, targets);
      }
      if (!skipped.contains("real")) {
        Turns turns =
            new Turns(
                lean,
                lengths(),
                () -> servers.stream().mapToLong(s -> ProcessUse.mainThreadNanos(s.pid())).sum());
        rounds("%d real servers x 1 s".formatted(servers.size()), turns, targets, targets);
      }
    } finally {
      servers.forEach(RedisProcess::close);
    }
  }

  private void fake(CollectorProcess.Settings lean) {
    try (FakeFleet fleet = FakeFleet.start(brief ? 200 : 2_000, FreePorts.next())) {
      List<String> all = fleet.addresses();
      int few = all.size() / 20;
      if (!skipped.contains("fake")) {
        List<String> targets = all.subList(0, all.size() / 2);
        List<String> scraped = targets.subList(0, Math.min(EXPORTER_FAKES, targets.size()));
        String title = "%d fake servers x 1 s".formatted(targets.size());
        rounds(title, new Turns(lean, lengths(), () -> 0), targets, scraped);
      }
      if (!skipped.contains("memory")) {
        double small = resident(lean, all.subList(0, few));
        double large = resident(lean, all);
        print(
            "RSS at %d fake targets x 10 s: %.1f MB, at %d: %.1f MB",
            few, small, all.size(), large);
        print("P8 kB a further target: %.1f", (large - small) * 1000 / (all.size() - few));
      }
    }
  }

  private void rounds(String title, Turns turns, List<String> targets, List<String> scraped) {
    Figures[] ours = {new Figures(), new Figures(), new Figures()};
    Figures[] theirs = {new Figures(), new Figures(), new Figures()};
    Figures watcher = new Figures();
    Figures server = new Figures();
    print("%s: CPU us of the watcher, CPU us of the servers a sample; RSS MB", title);
    for (int round = 0; round < (brief ? 1 : rounds); round++) {
      long idle = turns.idleNanos();
      Turns.Cost collector = turns.collector(targets, SECOND, idle);
      Turns.Cost exporter = turns.exporter(scraped, SECOND, idle);
      note("collector", collector, ours);
      note("exporter", exporter, theirs);
      watcher.add(collector.watcherMicros() / exporter.watcherMicros());
      server.add(collector.serversMicros() / exporter.serversMicros());
    }
    print("  median: collector %s, servers %s, RSS %s", (Object[]) ours);
    print("  median: exporter  %s, servers %s, RSS %s", (Object[]) theirs);
    print("P1 ratio of the watcher's CPU a sample, median of rounds: %.3f", watcher.median());
    print("P2 ratio of the servers' CPU a sample, median of rounds: %.3f", server.median());
  }

  private void note(String who, Turns.Cost cost, Figures[] into) {
    into[0].add(cost.watcherMicros());
    into[1].add(cost.serversMicros());
    into[2].add(cost.residentMegabytes());
    print(
        "  %-9s %6d samples %8.1f us, servers %7.1f us, RSS %.1f MB",
        who, cost.samples(), cost.watcherMicros(), cost.serversMicros(), cost.residentMegabytes());
  }

  /** First sample by the script, and by java without a flag, in turns. */
  private void starts(CollectorProcess.Settings lean, List<String> targets) {
    CollectorProcess.Settings plain =
        new CollectorProcess.Settings(lean.home(), lean.folder(), lean.kafka(), false);
    Figures leanMillis = new Figures();
    Figures plainMillis = new Figures();
    Figures leanCpu = new Figures();
    Figures plainCpu = new Figures();
    // Topics and schemas are made by whoever comes first.
    start(lean, targets, new Figures(), new Figures());
    for (int round = 0; round < (brief ? 1 : rounds + 2); round++) {
      start(plain, targets, plainMillis, plainCpu);
      start(lean, targets, leanMillis, leanCpu);
    }
    print("first sample acknowledged, ms: %s, default flags %s", leanMillis, plainMillis);
    print("CPU ms until then: %s, default flags %s", leanCpu, plainCpu);
    print(
        "P8 ratio of the first sample: %.2f of the time, %.2f of the CPU",
        leanMillis.median() / plainMillis.median(), leanCpu.median() / plainCpu.median());
  }

  private static void start(
      CollectorProcess.Settings settings, List<String> targets, Figures millis, Figures cpu) {
    try (CollectorProcess collector = CollectorProcess.start(settings, targets, SECOND)) {
      millis.add((double) collector.awaitFirstSample().toMillis());
      cpu.add(collector.use().cpuMicros() / 1e3);
    }
  }

  private double resident(CollectorProcess.Settings lean, List<String> targets) {
    try (CollectorProcess collector =
        CollectorProcess.start(lean, targets, Duration.ofSeconds(10))) {
      collector.awaitFirstSample();
      Waiting.pass(brief ? Duration.ofSeconds(20) : Duration.ofSeconds(90));
      return collector.use().residentBytes() / 1e6;
    }
  }

  private Turns.Lengths lengths() {
    return brief
        ? new Turns.Lengths(Duration.ofSeconds(8), Duration.ofSeconds(8))
        : new Turns.Lengths(Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  private void print(String format, Object... values) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
