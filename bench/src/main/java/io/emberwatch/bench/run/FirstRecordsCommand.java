package io.emberwatch.bench.run;

import io.emberwatch.bench.fake.FakeFleet;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.schemas.InstanceSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goal P9: nothing is lost when producing begins the moment the topics are made. */
@Command(
    name = "first-records",
    description = {
      "Starts a collector of 500 fake servers upon a new, empty broker, which makes the topics and",
      "publishes at once; every sample from the first on must be there. Twenty tries."
    })
final class FirstRecordsCommand implements Callable<Integer> {

  private static final Duration POLLING = Duration.ofSeconds(5);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private Workplace workplace = new Workplace();

  @Option(names = "--tries", description = "Default: ${DEFAULT-VALUE}.")
  private int tries = 20;

  @Override
  public Integer call() throws IOException {
    Path folder = workplace.folder();
    int good = 0;
    try (FakeFleet fleet = FakeFleet.start(500, FreePorts.next())) {
      for (int i = 1; i <= tries; i++) {
        good += attempt(i, Files.createDirectory(folder.resolve("try-" + i)), fleet) ? 1 : 0;
      }
    }
    print("P9 %d of %d tries without a lost sample".formatted(good, tries));
    return good == tries ? 0 : 1;
  }

  private boolean attempt(int number, Path folder, FakeFleet fleet) {
    Map<String, BitSet> seen = new ConcurrentHashMap<>();
    try (KafkaServers kafka = KafkaServers.start(folder)) {
      CollectorProcess collector =
          CollectorProcess.start(
              new CollectorProcess.Settings(workplace.collector(), folder, kafka, true),
              fleet.addresses(),
              Duration.ofSeconds(1));
      double dropped;
      try (collector) {
        collector.awaitFirstSample();
        Waiting.pass(POLLING);
        dropped = collector.metric("emberwatch_collector_records_dropped_total", "");
      }
      // A collector that was stopped has sent all that it polled.
      try (SampleReader reader = new SampleReader(kafka, sample -> note(sample, seen))) {
        reader.drain();
      }
      long samples = seen.values().stream().mapToLong(BitSet::cardinality).sum();
      long lost = seen.values().stream().mapToLong(BitSet::length).sum() - samples;
      print(
          "try %d: %d servers, %d samples, %d missing before the last of a server, %.0f dropped"
              .formatted(number, seen.size(), samples, lost, dropped));
      return lost == 0 && dropped == 0 && seen.size() == fleet.addresses().size();
    }
  }

  private static void note(InstanceSample sample, Map<String, BitSet> seen) {
    seen.computeIfAbsent(sample.getInstanceId(), id -> new BitSet())
        .set((int) sample.getSequence() - 1);
  }

  private void print(String line) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
