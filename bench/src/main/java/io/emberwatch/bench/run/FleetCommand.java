package io.emberwatch.bench.run;

import io.emberwatch.bench.fake.FakeFleet;
import io.emberwatch.bench.fake.Manner;
import io.emberwatch.embedded.process.FreePorts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One collector and thousands of fake servers, of which three in ten then misbehave. */
@Command(
    name = "fleet",
    description = {
      "Watches fake servers with one collector; then a tenth of them hangs, a tenth refuses, a",
      "twentieth answers garbage and a twentieth without end. The others must not be affected."
    })
final class FleetCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;
  @Mixin private Workplace workplace = new Workplace();

  @Option(names = "--targets", description = "Default: ${DEFAULT-VALUE}.")
  private int count = 5_000;

  @Option(names = "--interval-seconds", description = "Default: ${DEFAULT-VALUE}.")
  private int intervalSeconds = 10;

  @Option(names = "--phase-seconds", description = "Of each phase. Default: ${DEFAULT-VALUE}.")
  private int phaseSeconds = 120;

  @Option(names = "--warm-up-seconds", description = "Default: ${DEFAULT-VALUE}.")
  private int warmUpSeconds = 60;

  @Override
  public Integer call() {
    Path folder = workplace.folder();
    print("logs in %s", folder);
    try (KafkaServers kafka = KafkaServers.start(folder);
        FakeFleet fleet = FakeFleet.start(count, FreePorts.next());
        CollectorProcess collector =
            CollectorProcess.start(
                new CollectorProcess.Settings(workplace.collector(), folder, kafka, true),
                fleet.addresses(),
                Duration.ofSeconds(intervalSeconds))) {
      print("first sample after %d ms", collector.awaitFirstSample().toMillis());
      FleetView view = new FleetView();
      try (SampleReader reader = new SampleReader(kafka, view::take)) {
        Waiting.pass(Duration.ofSeconds(warmUpSeconds));
        phase("all normal", collector, view, Set.of());
        Set<String> bad = misbehave(fleet);
        // The poll under way when a server begins to misbehave belongs to neither phase.
        Waiting.pass(Duration.ofSeconds(2L * intervalSeconds));
        phase("%d misbehave".formatted(bad.size()), collector, view, bad);
        reader.drain();
      }
    }
    return 0;
  }

  private Set<String> misbehave(FakeFleet fleet) {
    Set<String> bad = new HashSet<>();
    List<String> addresses = fleet.addresses();
    for (int i = 0; i < addresses.size(); i++) {
      Manner manner =
          switch (i % 20) {
            case 0, 1 -> Manner.HANGING;
            case 5, 6 -> Manner.REFUSING;
            case 10 -> Manner.GARBAGE;
            case 15 -> Manner.ENDLESS;
            default -> Manner.NORMAL;
          };
      if (manner != Manner.NORMAL) {
        fleet.become(i, manner);
        bad.add(addresses.get(i));
      }
    }
    return bad;
  }

  private void phase(String title, CollectorProcess collector, FleetView view, Set<String> bad) {
    ProcessUse before = collector.use();
    double late = collector.metric("emberwatch_collector_polls_late_total", "");
    double skipped = collector.metric("emberwatch_collector_polls_skipped_total", "");
    Instant from = Instant.now();
    long most = 0;
    for (int i = 0; i < phaseSeconds; i++) {
      Waiting.pass(Duration.ofSeconds(1));
      most = Math.max(most, collector.use().residentBytes());
    }
    ProcessUse after = collector.use();
    Instant to = Instant.now();
    double seconds = Duration.between(from, to).toMillis() / 1e3;
    // What was polled is read back a moment later.
    Waiting.pass(Duration.ofSeconds(3));
    FleetView.Summary good =
        view.summary(
            from, to, Duration.ofSeconds(intervalSeconds), address -> !bad.contains(address));
    print(
        "%s: CPU %.1f %% of a core, RSS %.1f MB now, %.1f MB at most",
        title,
        (after.cpuMicros() - before.cpuMicros()) / 1e4 / seconds,
        after.residentBytes() / 1e6,
        most / 1e6);
    print(
        "  polls late %.0f, skipped %.0f, begun after their slot by p99 %.1f ms, at most %.1f ms",
        collector.metric("emberwatch_collector_polls_late_total", "") - late,
        collector.metric("emberwatch_collector_polls_skipped_total", "") - skipped,
        collector.metric("emberwatch_collector_poll_delay_seconds", "quantile=\"0.99\"") * 1e3,
        collector.metric("emberwatch_collector_poll_delay_seconds_max", "") * 1e3);
    print(
        "  of %d normal servers: %d samples (%.0f expected), %d up, %d missing",
        good.servers(),
        good.samples(),
        good.servers() * seconds / intervalSeconds,
        good.up(),
        good.missing());
    print(
        "  between two samples p99 %d ms off the interval; INFO p50 %d us, p99 %d us",
        good.gapP99Millis(), good.infoP50Micros(), good.infoP99Micros());
  }

  private void print(String format, Object... values) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
