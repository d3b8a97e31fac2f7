package io.emberwatch.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets collector and exporter watch the same servers in turns, and counts what each sample costs.
 * Each turn starts its process anew, lets it warm up, and then measures.
 */
final class Turns {

  /**
   * How long.
   *
   * @param warmUp of the collector; the exporter is native code and gets a quarter
   * @param measure of each
   */
  record Lengths(Duration warmUp, Duration measure) {}

  /**
   * What one turn cost.
   *
   * @param samples samples or scrapes in the measured time
   * @param watcherMicros CPU of collector or exporter for each of them
   * @param serversMicros CPU of the servers for each of them, their idle time subtracted
   * @param residentMegabytes of collector or exporter at the end
   */
  record Cost(long samples, double watcherMicros, double serversMicros, double residentMegabytes) {}

  private final CollectorProcess.Settings settings;
  private final Lengths lengths;

  /** CPU nanoseconds of all servers so far. */
  private final LongSupplier servers;

  Turns(CollectorProcess.Settings settings, Lengths lengths, LongSupplier servers) {
    this.settings = settings;
    this.lengths = lengths;
    this.servers = servers;
  }

  /** CPU nanoseconds that the servers take in the measured time when nobody asks them. */
  long idleNanos() {
    long before = servers.getAsLong();
    Waiting.pass(lengths.measure);
    return servers.getAsLong() - before;
  }

  Cost collector(List<String> targets, Duration interval, long idleNanos) {
    try (CollectorProcess collector = CollectorProcess.start(settings, targets, interval)) {
      collector.awaitFirstSample();
      Waiting.pass(lengths.warmUp);
      double samples = collector.published();
      ProcessUse use = collector.use();
      long servers = this.servers.getAsLong();
      Waiting.pass(lengths.measure);
      ProcessUse after = collector.use();
      long serversAfter = this.servers.getAsLong();
      return cost(
          (long) (collector.published() - samples), use, after, serversAfter - servers - idleNanos);
    }
  }

  Cost exporter(List<String> targets, Duration interval, long idleNanos) {
    try (ExporterProcess exporter = ExporterProcess.start(settings.folder(), targets, interval)) {
      Waiting.pass(lengths.warmUp.dividedBy(4));
      long scrapes = exporter.scrapes();
      ProcessUse use = exporter.use();
      long servers = this.servers.getAsLong();
      Waiting.pass(lengths.measure);
      ProcessUse after = exporter.use();
      long serversAfter = this.servers.getAsLong();
      return cost(exporter.scrapes() - scrapes, use, after, serversAfter - servers - idleNanos);
    }
  }

  private static Cost cost(long samples, ProcessUse before, ProcessUse after, long serversNanos) {
    return new Cost(
        samples,
        (double) (after.cpuMicros() - before.cpuMicros()) / samples,
        serversNanos / 1e3 / samples,
        after.residentBytes() / 1e6);
  }
}
