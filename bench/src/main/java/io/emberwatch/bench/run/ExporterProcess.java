package io.emberwatch.bench.run;

import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Debian's prometheus-redis-exporter with its defaults, scraped as Prometheus does. */
final class ExporterProcess implements AutoCloseable {

  /** Less than this is no page of a Redis that answered: 395 series are 4.9 KB. */
  private static final int MIN_BYTES = 2_000;

  private final ChildProcess process;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Http http = new Http();
  private final AtomicLong scrapes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  private ExporterProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts it and scrapes each of these every interval, spread over it. */
  static ExporterProcess start(Path folder, List<String> targets, Duration interval) {
    String listen = "127.0.0.1:" + FreePorts.next();
    ChildProcess process =
        ChildProcess.start(
            List.of(
                "prometheus-redis-exporter",
                "--web.listen-address=" + listen,
                "--redis.addr=redis://" + targets.get(0)),
            folder,
            folder.resolve("exporter.log"));
    ExporterProcess exporter = new ExporterProcess(process);
    URI page = URI.create("http://" + listen + "/metrics");
    Waiting.until("exporter", Duration.ofSeconds(20), () -> !exporter.http.page(page).isEmpty());
    for (int i = 0; i < targets.size(); i++) {
      URI scrape = URI.create("http://" + listen + "/scrape?target=redis://" + targets.get(i));
      ScheduledFuture<?> unused =
          exporter.timer.scheduleAtFixedRate(
              () -> exporter.scrape(scrape),
              interval.toNanos() * i / targets.size(),
              interval.toNanos(),
              TimeUnit.NANOSECONDS);
    }
    return exporter;
  }

  /** Scrapes that gave a whole page. */
  long scrapes() {
    return scrapes.get();
  }

  long failures() {
    return failures.get();
  }

  ProcessUse use() {
    return ProcessUse.of(process.pid());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    process.close();
  }

  private void scrape(URI uri) {
    CompletableFuture<?> unused =
        http.compressed(uri)
            .handle(
                (bytes, fault) ->
                    fault == null && bytes > MIN_BYTES
                        ? scrapes.incrementAndGet()
                        : failures.incrementAndGet());
  }
}
