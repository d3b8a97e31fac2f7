package io.emberwatch.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; holds every problem found, in the order of the lines. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /**
   * @param problems at least one
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(describe(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String describe(List<ConfigProblem> problems) {
    String head =
        problems.size() == 1
            ? "1 configuration problem"
            : problems.size() + " configuration problems";
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(Collectors.joining("\n", head + "\n", ""));
  }
}
