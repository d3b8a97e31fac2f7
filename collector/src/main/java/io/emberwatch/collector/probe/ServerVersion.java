package io.emberwatch.collector.probe;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** First two numbers of a version, which decide what a server can do. */
public record ServerVersion(int major, int minor) implements Comparable<ServerVersion> {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\b.*");
  private static final Comparator<ServerVersion> ORDER =
      Comparator.comparingInt(ServerVersion::major).thenComparingInt(ServerVersion::minor);

  /** Reads {@code 7.0.15}, {@code 8.0-rc1}; empty for what does not begin with two numbers. */
  public static Optional<ServerVersion> parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? Optional.of(
            new ServerVersion(
                Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(ServerVersion other) {
    return ORDER.compare(this, other);
  }

  /** Whether this version is that one or later. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return compareTo(new ServerVersion(otherMajor, otherMinor)) >= 0;
  }
}
