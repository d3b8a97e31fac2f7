package io.emberwatch.embedded.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A {@code redis-server} program: one on the PATH, one carried by a jar on the class path, or one
 * in the folder that {@value #SERVERS} names. Those from jars are unpacked once per JVM into a
 * folder that only its user can enter, and deleted when the JVM ends.
 *
 * @param path the executable file
 */
public record RedisBinary(Path path) {
  /** Environment variable: a folder of programs, each under the name of its release. */
  public static final String SERVERS = "EMBERWATCH_SERVERS";

  private static final String OS = os();
  private static final String CPU = cpu();
  private static final Map<String, RedisBinary> UNPACKED = new ConcurrentHashMap<>();

  /** The one on the PATH, else 7.0.15. */
  public static RedisBinary preferred() {
    return onPath().orElseGet(RedisBinary::redis70);
  }

  /** {@code redis-server} or {@code valkey-server} on the PATH, in that order. */
  public static Optional<RedisBinary> onPath() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("redis-server", "valkey-server")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(f -> Path.of(f, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(RedisBinary::new);
  }

  /** Redis 7.0.15 for Linux and macOS, without jemalloc, from {@code org.signal:embedded-redis}. */
  public static RedisBinary redis70() {
    return fromClasspath(
        "redis-server-7.0.15-" + OS + "-" + CPU, "org.signal:embedded-redis:0.9.1");
  }

  /**
   * Redis 6.2 (6.2.6, on Linux arm64 6.2.7), from {@code com.github.codemonstur:embedded-redis}.
   */
  public static RedisBinary redis62() {
    String version = OS.equals("linux") && CPU.equals("arm64") ? "6.2.7" : "6.2.6-v5";
    return fromClasspath(
        "redis-server-" + version + "-" + OS + "-" + CPU,
        "com.github.codemonstur:embedded-redis:1.4.3");
  }

  /** Redis 2.8.19 for Intel Linux and macOS, from {@code it.ozimov:embedded-redis}. */
  public static RedisBinary redis28() {
    return fromClasspath(
        OS.equals("darwin") ? "redis-server-2.8.19.app" : "redis-server-2.8.19",
        "it.ozimov:embedded-redis:0.7.3");
  }

  /**
   * One of the releases that no jar carries, from the folder that {@value #SERVERS} names; {@code
   * .ci/newer-servers} fills it.
   *
   * @param release its file there, such as {@code redis-8} or {@code valkey-9}
   * @return empty when the variable is not set or the folder has no such program
   */
  public static Optional<RedisBinary> ofRelease(String release) {
    return Optional.ofNullable(System.getenv(SERVERS))
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> in(Path.of(folder), release));
  }

  static Optional<RedisBinary> in(Path folder, String release) {
    Path file = folder.resolve(release).toAbsolutePath();
    return Files.isRegularFile(file) && Files.isExecutable(file)
        ? Optional.of(new RedisBinary(file))
        : Optional.empty();
  }

  /**
   * A program carried by a jar.
   *
   * @param resource its name on the class path
   * @param artifact the Maven coordinates that bring it, for the message when it is missing
   * @throws IllegalStateException when the class path has no such resource
   */
  public static RedisBinary fromClasspath(String resource, String artifact) {
    return UNPACKED.computeIfAbsent(resource, name -> unpack(name, artifact));
  }

  private static RedisBinary unpack(String resource, String artifact) {
    try (InputStream content = RedisBinary.class.getResourceAsStream("/" + resource)) {
      if (content == null) {
        throw new IllegalStateException(
            "no " + resource + " on the class path; it comes with " + artifact);
      }
      // createTempDirectory makes a folder for its owner only.
      Path folder = Files.createTempDirectory("emberwatch-redis-");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve(resource);
      Files.copy(content, file);
      file.toFile().deleteOnExit();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
      return new RedisBinary(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + resource, e);
    }
  }

  private static String os() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : "linux";
  }

  private static String cpu() {
    String arch = System.getProperty("os.arch");
    return switch (arch) {
      case "aarch64" -> "arm64";
      case "x86", "i386" -> "386";
      default -> "amd64";
    };
  }
}
