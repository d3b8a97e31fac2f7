package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.FileWatch;
import java.nio.file.Path;
import java.util.List;

/** One file that is read again when its content has changed and held still. Not thread-safe. */
final class DefinitionFile {

  private final Path file;
  private final FileWatch watch;
  private boolean unsettled = true;
  private int looksAway;
  private Definitions good = Definitions.NONE;
  private List<ConfigProblem> problems = List.of();

  /** Not read yet. */
  DefinitionFile(Path file) {
    this.file = file;
    this.watch = new FileWatch(file);
  }

  Path file() {
    return file;
  }

  /** What it defined when it was good last; nothing before. */
  Definitions good() {
    return good;
  }

  /** What is wrong with it as it is now. */
  List<ConfigProblem> problems() {
    return problems;
  }

  void read() {
    unsettled = false;
    try {
      good = TargetDocument.read(ConfigReader.ofFile(file));
      problems = List.of();
    } catch (ConfigException e) {
      problems = e.problems();
    }
  }

  /** Reads it if it changed before the last look and has held still since; whether it did. */
  boolean look() {
    looksAway = 0;
    if (watch.changed()) {
      unsettled = true;
      return false;
    }
    if (!unsettled) {
      return false;
    }
    read();
    return true;
  }

  /** Whether it has been away for two looks: one that is being replaced is back by then. */
  boolean isGone() {
    looksAway++;
    return looksAway > 1;
  }
}
