package io.emberwatch.processor.rule;

import io.emberwatch.processor.state.RuleStates;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One made-up instance under rules, observed step by step. */
final class Watch {

  private RuleEngine engine;
  private @Nullable RuleStates state;
  private boolean late;

  Watch(RuleSet rules) {
    this.engine = rules.engine(View.INSTANCE);
  }

  /** One rule on {@code mem_util}: warning above 0.7, critical above 0.9, clear at 90 % of that. */
  static RuleSet memoryRule(String more) {
    return rules(
        """
        rules:
          memory:
            signal: mem_util
            above: {warning: 0.7, critical: 0.9}
            for: 1m
            cause: memory
            summary: "{value} used, limit {threshold}"
            remediation: Add memory.
            evidence: [mem_util, used_memory_bytes]
        """
            + more.indent(4));
  }

  /** The rules of a file, and of no other. */
  static RuleSet rules(String yaml) {
    return only(load(yaml), "memory");
  }

  static RuleFile load(String yaml) {
    try {
      Path file = Files.createTempFile("rules", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(file, yaml);
      return RuleFile.load(Optional.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuleSet only(RuleFile file, String id) {
    return new RuleSet(file.rules().rules().stream().filter(r -> r.id().equals(id)).toList());
  }

  /** A restart with other rules; the state stays. */
  void restart(RuleSet rules) {
    engine = rules.engine(View.INSTANCE);
  }

  List<Breach> see(Duration at, @Nullable Double memUtil) {
    Map<String, Object> values =
        memUtil == null
            ? Map.of("reachable", true)
            : Map.of("reachable", true, "mem_util", memUtil, "used_memory_bytes", 1 << 20);
    Evaluation evaluation =
        engine.evaluate(state, new StagedObservation(View.INSTANCE, Tier.UNSPECIFIED, at, values));
    state = evaluation.state();
    late = evaluation.late();
    return evaluation.transitions();
  }

  List<Breach> see(long seconds, @Nullable Double memUtil) {
    return see(Duration.ofSeconds(seconds), memUtil);
  }

  @Nullable RuleStates state() {
    return state;
  }

  boolean wasLate() {
    return late;
  }
}
