package io.emberwatch.bench;

import io.emberwatch.collector.publish.ClusterConnector;
import io.emberwatch.collector.publish.PublishSettings;
import io.emberwatch.collector.publish.RecordPublisher;
import io.emberwatch.collector.spool.SpoolSettings;
import io.emberwatch.collector.spool.WriterSchemas;
import io.emberwatch.embedded.broker.EmbeddedBrokerMain;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outage of Kafka in full length: 500 samples a second of 500 servers go through the collector's
 * publisher while the broker, a process of its own, is stopped and started again. It logs figures
 * every ten seconds and a verdict at the end. Arguments: seconds of outage, bytes of the spool, and
 * an empty folder that it may fill.
 */
public final class OutageRun {

  private static final Logger LOG = LoggerFactory.getLogger(OutageRun.class);
  private static final int KEYS = 500;
  private static final int PER_SECOND = 500;
  private static final int BURSTS_PER_SECOND = 20;
  private static final String PREFIX = "emberwatch.collector.";

  private final Duration outage;
  private final Path folder;
  private final int port = FreePorts.next();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WriterSchemas schemas = new WriterSchemas();
  private final InMemorySchemas ids = new InMemorySchemas();
  private final RecordPublisher publisher;
  private final InstanceSample sample = CapturedReply.CORE.sample();
  private final Arrivals arrivals;
  private final Random random = new Random(1);
  private long offered;
  private long peakHeapBytes;
  private double peakSpoolBytes;

  private OutageRun(Duration outage, long spoolBytes, Path folder) {
    this.outage = outage;
    this.folder = folder;
    ClientProperties kafka = new ClientProperties(KafkaSettings.plain("127.0.0.1:" + port));
    this.publisher =
        new RecordPublisher(
            new ClusterConnector(
                kafka, "outage-run", Optional.of(TopicSizing.replicated(1)), ids, schemas),
            schemas,
            new PublishSettings(
                10_000,
                Duration.ofSeconds(10),
                new SpoolSettings(folder.resolve("spool"), spoolBytes)),
            registry,
            Clock.systemUTC());
    this.arrivals = new Arrivals(kafka.consumer("outage-run", "outage-run"), ids, KEYS);
  }

  /** Runs once. */
  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("arguments: <seconds> <spool bytes> <folder>");
    }
    new OutageRun(
            Duration.ofSeconds(Long.parseLong(args[0])), Long.parseLong(args[1]), Path.of(args[2]))
        .run();
  }

  private void run() throws Exception {
    Files.createDirectories(folder);
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    Process broker = startBroker();
    try {
      publisher.start(List.of(Topics.SAMPLES));
      ScheduledFuture<?> load =
          clock.scheduleAtFixedRate(
              this::burst, 0, 1_000_000 / BURSTS_PER_SECOND, TimeUnit.MICROSECONDS);
      ScheduledFuture<?> figures =
          clock.scheduleAtFixedRate(this::figures, 10, 10, TimeUnit.SECONDS);
      await(() -> counter("published") > 0);
      arrivals.start();
      pause(Duration.ofSeconds(20));
      stop(broker);
      LOG.info("event=broker_stopped");
      pause(outage);
      broker = startBroker();
      Instant back = Instant.now();
      LOG.info("event=broker_started spool_bytes={}", gauge("spool.bytes"));
      await(() -> publisher.check().ok());
      Instant connected = Instant.now();
      arrivals.watchFreshness(connected);
      await(() -> gauge("spool.records") == 0);
      Duration drain = Duration.between(connected, Instant.now());
      LOG.info(
          "event=drained connected_after={} drain={} fresh_while_draining={}",
          Duration.between(back, connected),
          drain,
          arrivals.freshness());
      arrivals.watchFreshness(Instant.now());
      pause(Duration.ofSeconds(10));
      LOG.info("event=after fresh={}", arrivals.freshness());
      load.cancel(false);
      figures.cancel(false);
      await(() -> gauge("in.flight") == 0 && gauge("spool.records") == 0);
      publisher.close();
      await(() -> arrivals.count() >= counter("published"));
      verdict();
    } finally {
      arrivals.close();
      clock.shutdownNow();
      stop(broker);
    }
  }

  private void burst() {
    for (int i = 0; i < PER_SECOND / BURSTS_PER_SECOND; i++) {
      String key = "prod/orders/" + offered % KEYS;
      sample.setInstanceId(key);
      sample.setSequence(offered / KEYS);
      sample.setSampledAt(Instant.now());
      redraw(sample.getMemory());
      redraw(sample.getStats());
      redraw(sample.getCpu());
      redraw(sample.getClients());
      redraw(sample.getPersistence());
      publisher.offer(Topics.SAMPLES, key, sample, "outage-run/" + offered);
      offered++;
    }
  }

  /** Four of ten numbers change from poll to poll, as docs/performance.md assumes. */
  private void redraw(SpecificRecord section) {
    for (Schema.Field field : section.getSchema().getFields()) {
      if (section.get(field.pos()) instanceof Long number && random.nextInt(10) < 4) {
        section.put(field.pos(), number + random.nextInt(1 << 20));
      } else if (section.get(field.pos()) instanceof Double && random.nextInt(10) < 4) {
        section.put(field.pos(), random.nextDouble());
      }
    }
  }

  private void figures() {
    long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    peakHeapBytes = Math.max(peakHeapBytes, heap);
    peakSpoolBytes = Math.max(peakSpoolBytes, gauge("spool.bytes"));
    LOG.info(
        "event=figures offered={} published={} dropped={} in_flight={} spooled={} spool_mb={} heap_mb={}",
        (long) counter("offered"),
        (long) counter("published"),
        (long) counter("dropped"),
        (long) gauge("in.flight"),
        (long) gauge("spool.records"),
        (long) (gauge("spool.bytes") / 1e6),
        heap >> 20);
  }

  private void verdict() {
    LOG.info(
        "event=verdict offered={} published={} dropped={} arrived={} repeated={} missing={} peak_heap_mb={} peak_spool_mb={}",
        (long) counter("offered"),
        (long) counter("published"),
        (long) counter("dropped"),
        arrivals.count(),
        arrivals.repeated(),
        arrivals.missing(),
        peakHeapBytes >> 20,
        (long) (peakSpoolBytes / 1e6));
    if (arrivals.missing() != (long) counter("dropped")) {
      throw new IllegalStateException("dropped and missing differ");
    }
  }

  private Process startBroker() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            EmbeddedBrokerMain.class.getName(),
            folder.resolve("broker").toString(),
            Integer.toString(port))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
        .start();
  }

  private static void stop(Process broker) throws InterruptedException {
    broker.destroy();
    if (!broker.waitFor(30, TimeUnit.SECONDS)) {
      broker.destroyForcibly().waitFor();
    }
  }

  private double counter(String name) {
    return registry.find(PREFIX + "records." + name).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private double gauge(String name) {
    return registry.get(PREFIX + name).gauge().value();
  }

  private static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    await(() -> System.nanoTime() >= end);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
