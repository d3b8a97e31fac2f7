package io.emberwatch.collector.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.schemas.InstanceSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** INFO replies of real servers, damaged. */
class InfoFuzzTest {

  private static final long TRIES = 2_000;

  @Test
  void anyDamageIsReadWithoutAnException() throws IOException {
    Mutations mutations = new Mutations(golden());
    Duration time = Mutations.byHand();
    long end = System.nanoTime() + time.toNanos();
    for (long seed = 0; seed < TRIES || System.nanoTime() < end; seed++) {
      byte[] reply = mutations.of(seed);
      assertThatCode(() -> InfoParser.parse(reply).addTo(new InstanceSample()))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }

  private static List<byte[]> golden() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/info"))) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .map(InfoFuzzTest::read)
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
