package io.emberwatch.runtime.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A password, token or key that lives outside the configuration: in a file or an environment
 * variable. The value is read when it is used, so a rotated file takes effect at the next
 * connection. {@link #toString} names the source and never the value. Two are equal when they read
 * the same file, or hold the same value from the same source; a rotated file is no change.
 */
public final class Secret {

  /** A secret is a line, a token or a certificate chain; more is the wrong file. */
  private static final long MAX_BYTES = 1 << 20;

  private final String source;

  /** The file, or the value itself. */
  private final Object origin;

  private final Supplier<String> reader;

  private Secret(String source, Object origin, Supplier<String> reader) {
    this.source = source;
    this.origin = origin;
    this.reader = reader;
  }

  /** The content of a UTF-8 file, without its final line break. */
  public static Secret ofFile(Path file) {
    return new Secret("file " + file, file, () -> read(file));
  }

  /**
   * A value that is already in memory, as from the environment; {@code source} names it in logs.
   */
  public static Secret ofValue(String source, String value) {
    return new Secret(source, value, () -> value);
  }

  /**
   * The value as it is now.
   *
   * @throws ConfigException when the file cannot be read or is larger than 1 MiB
   */
  public String reveal() {
    return reader.get();
  }

  /** {@link #reveal} for clients that take characters, such as key stores. */
  public char[] revealChars() {
    return reveal().toCharArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && secret.source.equals(source)
        && secret.origin.equals(origin);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /** The source and never the value. */
  @Override
  public String toString() {
    return "Secret[" + source + "]";
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw fault(file, "the secret's file is larger than " + MAX_BYTES + " bytes");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw fault(file, "cannot read the secret: " + e.getClass().getSimpleName());
    }
  }

  private static ConfigException fault(Path file, String message) {
    return new ConfigException(
        List.of(new ConfigProblem(new Place(file.toString(), 0, 0), "", message)));
  }
}
