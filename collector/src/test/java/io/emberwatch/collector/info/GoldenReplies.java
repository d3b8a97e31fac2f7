package io.emberwatch.collector.info;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** INFO replies captured from real servers, in {@code src/test/resources/info/<release>/}. */
public final class GoldenReplies {

  private static final Path FOLDER = Path.of("src/test/resources/info");

  private GoldenReplies() {}

  /** Every captured reply, as {@code release/name}. */
  static List<String> names() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FOLDER.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a reply, such as {@code redis-7.0.15/primary-info-all.txt}. */
  public static byte[] read(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
