package io.emberwatch.bench.run;

import io.emberwatch.embedded.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Broker and registry in a process of their own, so that their CPU is nobody else's. */
final class KafkaServers implements AutoCloseable {

  private final ChildProcess process;
  private final String bootstrap;
  private final String registry;

  private KafkaServers(ChildProcess process, String bootstrap, String registry) {
    this.process = process;
    this.bootstrap = bootstrap;
    this.registry = registry;
  }

  static KafkaServers start(Path folder) {
    ChildProcess process =
        ChildProcess.java(
            KafkaServersMain.class,
            List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(folder.toString()),
            folder.resolve("kafka.log"));
    Path addresses = folder.resolve("addresses");
    Waiting.until("broker and registry", Duration.ofSeconds(90), () -> Files.exists(addresses));
    try {
      List<String> lines = Files.readAllLines(addresses);
      return new KafkaServers(process, lines.get(0), lines.get(1));
    } catch (IOException e) {
      process.close();
      throw new UncheckedIOException(e);
    }
  }

  String bootstrap() {
    return bootstrap;
  }

  String registry() {
    return registry;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
