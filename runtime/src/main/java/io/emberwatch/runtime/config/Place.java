package io.emberwatch.runtime.config;

import java.util.Comparator;

/**
 * Where a configuration value was written.
 *
 * @param file the file, or {@code env NAME} or {@code --set key} for the layers that have no lines
 * @param line from 1, or 0 where the source has no lines
 * @param column from 1, or 0 where the source has no lines
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  static Place env(String name) {
    return new Place("env " + name, 0, 0);
  }

  static Place flag(String key) {
    return new Place("--set " + key, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line}, or the source alone where it has no lines. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
