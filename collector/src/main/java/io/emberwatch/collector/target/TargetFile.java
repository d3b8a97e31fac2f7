package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Definitions from a YAML file, or from all files that fit a glob, read again when their content
 * changes. A file with any problem is refused whole: what it defined when it was good last stays,
 * every problem is logged with its line and key, and {@link #check} and {@link #problems} show it
 * until the file is good again; other files are not touched by it. A single file that vanishes is
 * no change; one of several ends what it defined, unless it is the last. {@code docs/targets.md}
 * describes the format.
 */
public final class TargetFile implements DefinitionSource {

  private static final Logger LOG = LoggerFactory.getLogger(TargetFile.class);

  private final TargetPattern pattern;
  private final Duration reloadInterval;
  private final CheckState state;
  private final List<Consumer<Definitions>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "targets-file");
            thread.setDaemon(true);
            return thread;
          });

  /** By name; after {@link #start} only the timer's thread uses them. */
  private final Map<Path, DefinitionFile> files = new TreeMap<>();

  private final List<Consumer<List<Retirement>>> retirementListeners = new CopyOnWriteArrayList<>();
  private volatile Definitions definitions;
  private volatile List<ConfigProblem> problems;

  /**
   * Reads the file or files.
   *
   * @param path a file, or a glob such as {@code targets.d/*.yaml}
   * @param reloadInterval between two looks; a change is taken up after one to two of them
   * @throws ConfigException with every problem, each with its line and key, when no file is good
   */
  public TargetFile(Path path, Duration reloadInterval, Clock clock) {
    this.pattern = new TargetPattern(path);
    this.reloadInterval = reloadInterval;
    this.state = new CheckState("targets-file", clock);
    pattern.files().forEach(file -> files.put(file, new DefinitionFile(file)));
    files.values().forEach(DefinitionFile::read);
    MergedDefinitions merged = new MergedDefinitions(files.values());
    if (files.values().stream().allMatch(file -> file.good().equals(Definitions.NONE))) {
      throw files.isEmpty() ? pattern.nothing() : new ConfigException(merged.problems());
    }
    definitions = merged.definitions();
    problems = merged.problems();
    report();
  }

  /**
   * What a file, or all files that fit a glob, define, without watching them, as a command that
   * checks them does.
   *
   * @throws ConfigException with every problem of every file
   */
  public static Definitions read(Path path) {
    TargetPattern pattern = new TargetPattern(path);
    List<DefinitionFile> files = pattern.files().stream().map(DefinitionFile::new).toList();
    if (files.isEmpty()) {
      throw pattern.nothing();
    }
    files.forEach(DefinitionFile::read);
    MergedDefinitions merged = new MergedDefinitions(files);
    if (!merged.problems().isEmpty()) {
      throw new ConfigException(merged.problems());
    }
    return merged.definitions();
  }

  @Override
  public void start() {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            this::look, reloadInterval.toNanos(), reloadInterval.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Definitions definitions() {
    return definitions;
  }

  @Override
  public void onChange(Consumer<Definitions> listener) {
    listeners.add(listener);
  }

  @Override
  public void onRetired(Consumer<List<Retirement>> listener) {
    retirementListeners.add(listener);
  }

  /** Problems of the files as they are now; 0 when all that they define is in force. */
  @Override
  public int problems() {
    return problems.size();
  }

  @Override
  public Check check() {
    Check last = state.check();
    return pattern.files().stream().anyMatch(Files::exists)
        ? last
        : new Check(last.component(), false, pattern + " is gone; " + inForce(), last.since());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** An exception would end the schedule silently, so it is logged here and the watch goes on. */
  private void look() {
    try {
      if (lookAtFiles()) {
        take(new MergedDefinitions(files.values()));
      }
    } catch (RuntimeException e) {
      LOG.error("event=reload_failed file={}", pattern, e);
    }
  }

  private boolean lookAtFiles() {
    List<Path> present = pattern.files();
    boolean news = false;
    for (Path file : present) {
      DefinitionFile known = files.get(file);
      if (known == null) {
        files.put(file, new DefinitionFile(file));
      } else {
        news |= known.look();
      }
    }
    // When none is left, somebody moves the folder: nothing ends.
    boolean gone = !present.isEmpty() && files.values().removeIf(file -> isGone(file, present));
    return gone || news;
  }

  private static boolean isGone(DefinitionFile file, List<Path> present) {
    return !present.contains(file.file()) && file.isGone();
  }

  private void take(MergedDefinitions merged) {
    List<ConfigProblem> former = problems;
    problems = merged.problems();
    Definitions before = definitions;
    Definitions next = merged.definitions();
    boolean changed = !next.equals(before);
    if (changed) {
      definitions = next;
    }
    report();
    if (!problems.isEmpty() && !problems.equals(former)) {
      refused();
    }
    if (changed) {
      reloaded(before, next);
      List<Retirement> retired = Retirement.between(before, next);
      retirementListeners.forEach(listener -> listener.accept(retired));
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  private void report() {
    if (problems.isEmpty()) {
      state.ok(pattern + ": " + definitions.summary());
    } else {
      state.failing(problems.size() + " problems, first: " + problems.get(0) + "; " + inForce());
    }
  }

  private void refused() {
    LOG.error(
        "event=targets_refused file={} problems={} kept=\"{}\"",
        pattern,
        problems.size(),
        definitions.summary());
    problems.forEach(problem -> LOG.error("event=targets_problem problem=\"{}\"", problem));
  }

  private void reloaded(Definitions before, Definitions next) {
    TargetChanges changes = TargetChanges.between(before.targets(), next.targets());
    LOG.info(
        "event=targets_reloaded file={} targets={} discoveries={} added={} removed={} changed={}",
        pattern,
        next.targets().size(),
        next.discoveries().size(),
        changes.added().size(),
        changes.removed().size(),
        changes.changed().size());
  }

  private String inForce() {
    return "the " + definitions.summary() + " that were read well last stay in force";
  }
}
