package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.FileWatch;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Definitions from a YAML file, read again when its content changes. A file with any problem is
 * refused whole: what the last good file defined stays, every problem is logged with its line and
 * key, and {@link #check} and {@link #problems} show it until the file is good again. A file that
 * vanishes is no change. {@code docs/targets.md} describes the format.
 */
public final class TargetFile implements DefinitionSource {

  private static final Logger LOG = LoggerFactory.getLogger(TargetFile.class);

  private final Path file;
  private final Duration reloadInterval;
  private final FileWatch watch;
  private final CheckState state;
  private final List<Consumer<Definitions>> listeners = new CopyOnWriteArrayList<>();
  private volatile Definitions definitions;
  private volatile int problems;

  /**
   * Reads the file.
   *
   * @param reloadInterval between looks at the file; a change is taken up after one to two of them
   * @throws ConfigException with every problem, each with its line and key
   */
  public TargetFile(Path file, Duration reloadInterval, Clock clock) {
    this.file = file;
    this.reloadInterval = reloadInterval;
    this.state = new CheckState("targets-file", clock);
    // Before the first reading, so that a change in between is not missed.
    this.watch = new FileWatch(file);
    this.definitions = TargetDocument.read(ConfigReader.ofFile(file));
    good();
  }

  /** What a file defines, without watching it, as a command that checks it does. */
  public static Definitions read(Path file) {
    return TargetDocument.read(ConfigReader.ofFile(file));
  }

  @Override
  public void start() {
    watch.start(reloadInterval, this::reload);
  }

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public void onChange(Consumer<Definitions> listener) {
    listeners.add(listener);
  }

  /** Problems of the file as it is now; 0 when its targets are in force. */
  @Override
  public int problems() {
    return problems;
  }

  @Override
  public Check check() {
    Check last = state.check();
    return Files.exists(file)
        ? last
        : new Check(last.component(), false, file + " is gone; " + inForce(), last.since());
  }

  @Override
  public void close() {
    watch.close();
  }

  /** Called from the one thread of the watch. */
  private void reload() {
    try {
      take(TargetDocument.read(ConfigReader.ofFile(file)));
    } catch (ConfigException e) {
      refuse(e.problems());
    }
  }

  private void take(Definitions next) {
    Definitions former = definitions;
    TargetChanges changes = TargetChanges.between(former.targets(), next.targets());
    definitions = next;
    good();
    LOG.info(
        "event=targets_reloaded file={} targets={} discoveries={} added={} removed={} changed={}",
        file,
        next.targets().size(),
        next.discoveries().size(),
        changes.added().size(),
        changes.removed().size(),
        changes.changed().size());
    if (!former.equals(next)) {
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  private void good() {
    problems = 0;
    state.ok(file + ": " + definitions.summary());
  }

  private void refuse(List<ConfigProblem> found) {
    problems = found.size();
    state.failing(
        file + ": " + found.size() + " problems, first: " + found.get(0) + "; " + inForce());
    LOG.error(
        "event=targets_refused file={} problems={} kept=\"{}\"",
        file,
        found.size(),
        definitions.summary());
    found.forEach(problem -> LOG.error("event=targets_problem problem=\"{}\"", problem));
  }

  private String inForce() {
    return "the " + definitions.summary() + " of the last good file stay in force";
  }
}
