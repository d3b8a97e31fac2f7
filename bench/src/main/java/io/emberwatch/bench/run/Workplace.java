package io.emberwatch.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a run finds the collector and leaves its logs. */
final class Workplace {

  @Option(
      names = "--collector",
      paramLabel = "FOLDER",
      description = "The collector's distribution; by default the one that was built here.")
  private Path collector = Path.of("");

  /** Folder for logs and data; it is left for the curious. */
  Path folder() {
    try {
      return Files.createTempDirectory("emberwatch-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path collector() {
    return collector.toString().isEmpty() ? built() : collector.toAbsolutePath();
  }

  private static Path built() {
    try (Stream<Path> folders = Files.list(Path.of("collector", "target"))) {
      return folders
          .filter(folder -> Files.isExecutable(folder.resolve("bin/emberwatch-collector")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no distribution of the collector"))
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("run it from the root of the sources, after a build", e);
    }
  }
}
