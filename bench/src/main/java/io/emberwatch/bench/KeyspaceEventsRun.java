package io.emberwatch.bench;

import com.sun.management.OperatingSystemMXBean;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.key.NamePolicies;
import io.emberwatch.collector.keyspace.KeyspaceSubscriptions;
import io.emberwatch.collector.keyspace.WindowPublisher;
import io.emberwatch.collector.subscribe.Timing;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyspaceEvents;
import io.emberwatch.collector.target.PrefixRule;
import io.emberwatch.collector.target.PrefixRules;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.schemas.KeyspaceEventSample;
import io.emberwatch.schemas.Tier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What counting keyspace events costs the collector: a real server, pipelined SETs at a steady
 * rate, one subscription. CPU is that of this JVM without the thread that makes the load, and so
 * holds its JIT and garbage collector. Prints a line a round; events counted must be events sent.
 */
@CommandLine.Command(name = "keyspace-events", description = "CPU of counting keyspace events")
public final class KeyspaceEventsRun implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(names = "--rate", defaultValue = "50000", description = "events a second")
  private int rate;

  @Option(names = "--pipeline", defaultValue = "1000", description = "SETs written at once")
  private int pipeline;

  @Option(names = "--seconds", defaultValue = "15", description = "length of a round")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "4", description = "the first is the warm-up")
  private int rounds;

  @Option(names = "--pattern", description = "a prefix rule with a group; none by default")
  private List<String> pattern = List.of();

  @Spec private CommandSpec spec;

  /** Runs it alone. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new KeyspaceEventsRun()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean complete = true;
    Published published = new Published(new AtomicLong());
    try (RedisProcess redis =
            RedisProcess.builder().directive("notify-keyspace-events", "KEA").start();
        RedisConnector connector = new RedisConnector("bench", Duration.ofSeconds(5));
        KeyspaceSubscriptions subscriptions =
            new KeyspaceSubscriptions(
                "bench",
                connector::listen,
                published,
                new NamePolicies(new SecureRandom()),
                Timing.DEFAULT,
                new SimpleMeterRegistry(),
                new Random(),
                Clock.systemUTC());
        SetLoad load = new SetLoad(redis.host(), redis.port(), pipeline)) {
      Target target = target(redis);
      subscriptions.watch(List.of(target));
      await(() -> subscriptions.countersOf(target.instanceId()).isPresent());
      for (int round = 0; round < rounds; round++) {
        complete &= round(subscriptions, target, load, round, out);
      }
    }
    out.printf("windows held %d events%n", published.events().get());
    return complete ? 0 : 1;
  }

  private boolean round(
      KeyspaceSubscriptions subscriptions, Target target, SetLoad load, int round, PrintWriter out)
      throws IOException {
    long before = received(subscriptions, target);
    long ownNanos = processCpuNanos() - loadCpuNanos();
    long startNanos = System.nanoTime();
    long sent = load.run(rate, Duration.ofSeconds(seconds));
    long sentNanos = System.nanoTime() - startNanos;
    await(() -> received(subscriptions, target) - before >= sent);
    double cpuSeconds = (processCpuNanos() - loadCpuNanos() - ownNanos) / 1e9;
    long counted = received(subscriptions, target) - before;
    out.printf(
        "round=%d sent=%d counted=%d events_per_second=%.0f cpu_us_per_event=%.3f"
            + " share_of_a_core=%.1f%%%n",
        round,
        sent,
        counted,
        sent * 1e9 / sentNanos,
        cpuSeconds * 1e6 / counted,
        cpuSeconds * 1e11 / sentNanos);
    out.flush();
    return counted == sent;
  }

  private Target target(RedisProcess redis) {
    return Target.builder("bench", "events", redis.host(), redis.port())
        .tier(Tier.CACHE)
        .keyNamesAllowed(true)
        .keyspaceEvents(events())
        .build();
  }

  private KeyspaceEvents events() {
    PrefixRules defaults = PrefixRules.DEFAULTS;
    List<PrefixRule> rules =
        pattern.stream().map(PrefixRule.ByPattern::new).map(PrefixRule.class::cast).toList();
    return new KeyspaceEvents(
        new PrefixRules(rules, defaults.separator(), defaults.max()),
        20,
        KeyNaming.PLAIN,
        Duration.ofSeconds(1));
  }

  private static long received(KeyspaceSubscriptions subscriptions, Target target) {
    return subscriptions.countersOf(target.instanceId()).map(c -> c.getReceived()).orElse(0L);
  }

  private static long processCpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The load runs on this thread. */
  private static long loadCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void await(BooleanSupplier condition) {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < endNanos) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Takes every window. */
  private record Published(AtomicLong events) implements WindowPublisher {

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public boolean offer(KeyspaceEventSample window) {
      events.addAndGet(window.getTotal());
      return true;
    }
  }
}
