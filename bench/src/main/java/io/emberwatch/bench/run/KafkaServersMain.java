package io.emberwatch.bench.run;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A broker and a registry as a process; writes where they listen into a file of its folder. */
public final class KafkaServersMain {

  private KafkaServersMain() {}

  /** Starts both and leaves them running. Argument: the folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    EmbeddedBroker broker =
        EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    Path written =
        Files.writeString(
            folder.resolve("addresses.new"), broker.bootstrapServers() + "\n" + registry.url());
    Files.move(written, folder.resolve("addresses"), StandardCopyOption.ATOMIC_MOVE);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  registry.close();
                  broker.close();
                }));
  }
}
