package io.emberwatch.processor.rule;

import io.emberwatch.processor.rule.Condition.Predicate;
import io.emberwatch.processor.rule.Condition.Side;
import io.emberwatch.processor.rule.Condition.Threshold;
import io.emberwatch.runtime.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the levels of a rule, or those of an override of it: a key it lacks is the rule's. */
final class LevelsReader {

  static final Duration LONGEST = Duration.ofDays(30);

  /** Clears at 90 % of the trigger, or 110 % of one that a value must not fall below: rules.md. */
  private static final double CLEAR_FACTOR = 0.9;

  private static final String WARNING = "warning";
  private static final String CRITICAL = "critical";
  private static final double LIMIT = 1e15;

  private final ConfigReader rule;
  private final ConfigReader upper;
  private final Map<String, ValueType> names;
  private final @Nullable String signal;
  private final Unit unit;

  /**
   * @param upper the override; the rule itself when there is none
   * @param names what expressions may use
   */
  LevelsReader(
      ConfigReader rule,
      ConfigReader upper,
      Map<String, ValueType> names,
      @Nullable String signal,
      Unit unit) {
    this.rule = rule;
    this.upper = upper;
    this.names = names;
    this.signal = signal;
    this.unit = unit;
  }

  /** Empty when there are problems, which are then in the reader. */
  Optional<Levels> read() {
    ConfigReader owner = kinds(upper).isEmpty() ? rule : upper;
    List<String> kinds = kinds(owner);
    if (kinds.size() != 1) {
      owner.problem("above", "a rule has exactly one of above, below and when");
      return Optional.empty();
    }
    String kind = kinds.get(0);
    ConfigReader conditions = owner.section(kind);
    Optional<Level> warning = level(kind, conditions, WARNING);
    Optional<Level> critical = level(kind, conditions, CRITICAL);
    if (warning.isEmpty() && critical.isEmpty()) {
      owner.problem(kind, "needs warning, critical or both");
      return Optional.empty();
    }
    if (!inOrder(warning, critical)) {
      conditions.problem(CRITICAL, "must be beyond warning");
    }
    return Optional.of(new Levels(warning.orElse(null), critical.orElse(null)));
  }

  private static List<String> kinds(ConfigReader reader) {
    return Stream.of("above", "below", "when").filter(reader::has).toList();
  }

  private Optional<Level> level(String kind, ConfigReader conditions, String severity) {
    Optional<Condition> condition =
        kind.equals("when")
            ? predicate(conditions, severity)
            : threshold(kind.equals("above") ? Side.ABOVE : Side.BELOW, conditions, severity);
    Duration hold = duration("for").orElse(Duration.ZERO);
    Duration criticalHold = duration("for-critical").orElse(hold);
    int samples = (int) pick("min-samples").integer("min-samples", 1, 1000, 1);
    Duration clearHold = clear().duration("for", Duration.ZERO, LONGEST, Duration.ZERO);
    return condition.map(
        c -> new Level(c, severity.equals(CRITICAL) ? criticalHold : hold, samples, clearHold));
  }

  private Optional<Condition> predicate(ConfigReader conditions, String severity) {
    Optional<Expression> fires = expression(conditions, severity, names);
    Optional<Expression> clears = expression(clear(), severity, names);
    return fires.map(expression -> new Predicate(expression, clears.orElse(null)));
  }

  private Optional<Condition> threshold(Side side, ConfigReader conditions, String severity) {
    Optional<Double> trigger = figure(conditions, severity);
    double factor = clear().number("factor", 0, 1, CLEAR_FACTOR);
    Optional<Double> written = figure(clear(), severity);
    if (signal == null) {
      rule.problem("signal", "is required with above and below");
      return Optional.empty();
    }
    if (trigger.isEmpty()) {
      return Optional.empty();
    }
    double level = trigger.get();
    double byFactor = level * (side == Side.ABOVE ? factor : 2 - factor);
    double clear = written.orElse(byFactor);
    if (side == Side.ABOVE ? clear > level : clear < level) {
      pick("clear").problem("clear", "the clear level is on the wrong side of the trigger");
      return Optional.empty();
    }
    return Optional.of(new Threshold(signal, side, level, clear));
  }

  /** A level in the signal's unit, written as people do: 10MiB, 30s, 0.7. */
  private Optional<Double> figure(ConfigReader reader, String key) {
    if (!reader.has(key)) {
      reader.optionalString(key);
      return Optional.empty();
    }
    return Optional.of(
        switch (unit) {
          case BYTES -> (double) reader.bytes(key, 0, Long.MAX_VALUE);
          case SECONDS -> reader.duration(key, Duration.ZERO, LONGEST).toMillis() / 1e3;
          case MICROSECONDS -> reader.duration(key, Duration.ZERO, LONGEST).toNanos() / 1e3;
          case RATIO, PER_SECOND, COUNT, NONE -> reader.number(key, -LIMIT, LIMIT);
        });
  }

  /** Compiles the expression at a key, if there is one. */
  static Optional<Expression> expression(
      ConfigReader reader, String key, Map<String, ValueType> names) {
    Optional<String> source = reader.optionalString(key);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Expression.compile(source.get(), names));
    } catch (IllegalArgumentException e) {
      reader.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean inOrder(Optional<Level> warning, Optional<Level> critical) {
    if (warning.map(Level::condition).orElse(null) instanceof Threshold low
        && critical.map(Level::condition).orElse(null) instanceof Threshold high) {
      return low.side() == Side.ABOVE
          ? high.trigger() >= low.trigger()
          : high.trigger() <= low.trigger();
    }
    return true;
  }

  private Optional<Duration> duration(String key) {
    return pick(key).optionalDuration(key, Duration.ZERO, LONGEST);
  }

  private ConfigReader clear() {
    return pick("clear").section("clear");
  }

  private ConfigReader pick(String key) {
    return upper.has(key) ? upper : rule;
  }
}
