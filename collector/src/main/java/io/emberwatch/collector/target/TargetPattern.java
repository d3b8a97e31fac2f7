package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.Place;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files are read: one, or all whose name fits a glob such as {@code targets.d/*.yaml}. Only
 * the last part of a path may be a glob.
 */
record TargetPattern(Path path) {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  /** More is the wrong folder. */
  private static final int MAX_FILES = 1_000;

  /** Whether it may stand for several files. */
  boolean isGlob() {
    return WILDCARD.matcher(path.getFileName().toString()).find();
  }

  /** The files by name: the one, whether it is there or not; or those that fit now. */
  List<Path> files() {
    if (!isGlob()) {
      return List.of(path);
    }
    Path folder = path.toAbsolutePath().getParent();
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> fitting =
        Files.newDirectoryStream(folder, path.getFileName().toString())) {
      for (Path file : fitting) {
        if (Files.isRegularFile(file) && found.size() < MAX_FILES) {
          found.add(folderAsWritten().resolve(file.getFileName()));
        }
      }
    } catch (IOException absent) {
      return List.of();
    }
    Collections.sort(found);
    return List.copyOf(found);
  }

  /** That no file fits, as a problem of the configuration. */
  ConfigException nothing() {
    return new ConfigException(
        List.of(new ConfigProblem(new Place(path.toString(), 0, 0), "", "no file fits")));
  }

  private Path folderAsWritten() {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
