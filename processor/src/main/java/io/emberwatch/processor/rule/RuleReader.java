package io.emberwatch.processor.rule;

import io.emberwatch.processor.rule.RuleOverride.Match;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one rule; what is wrong with it becomes problems of the reader, with their lines. */
final class RuleReader {

  /** Scope, value and threshold: what a summary may name besides the values. */
  private static final Set<String> OWN_NAMES = Set.of("scope", "value", "threshold");

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  private static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);

  private final String id;
  private final ConfigReader reader;
  private final View view;
  private final BreachKind kind;
  private final List<EventCount> counts;
  private final Map<String, ValueType> names;
  private final @Nullable String signal;
  private final Unit unit;

  RuleReader(String id, ConfigReader reader) {
    this.id = id;
    this.reader = reader;
    this.kind = reader.choice("kind", BreachKind.class, BreachKind.THRESHOLD);
    this.view = View.of(reader.choice("scope", Scope.class, Scope.INSTANCE), kind);
    this.names = new HashMap<>(Vocabulary.of(view));
    this.counts = counts();
    this.signal = signal();
    Unit bySignal = signal == null ? Unit.NONE : Figure.unitOf(signal);
    this.unit = reader.choice("unit", Unit.class, bySignal);
  }

  /** The names that the rule may use, its counts among them. */
  Map<String, ValueType> names() {
    return Map.copyOf(names);
  }

  View view() {
    return view;
  }

  /** Empty when the rule is disabled, or has problems that leave nothing to judge by. */
  Optional<Rule> read() {
    Optional<Levels> levels = new LevelsReader(reader, reader, names, signal, unit).read();
    Optional<Expression> gate = LevelsReader.expression(reader, "gate", names);
    Duration refresh =
        reader.duration("refresh", Duration.ofSeconds(1), LevelsReader.LONGEST, DEFAULT_REFRESH);
    boolean absentIsClear = reader.choice("absent", Absent.class, Absent.HOLD) == Absent.CLEAR;
    Explanation explanation = explanation();
    List<RuleOverride> overrides = overrides();
    Set<Tier> tiers = tiers();
    if (!reader.bool("enabled", true)) {
      return Optional.empty();
    }
    return levels.map(
        found ->
            new Rule(
                id,
                view,
                kind,
                tiers,
                gate.orElse(null),
                absentIsClear,
                counts,
                found,
                overrides,
                refresh,
                explanation));
  }

  /** What an unknown value means. */
  private enum Absent {
    HOLD,
    CLEAR
  }

  private List<EventCount> counts() {
    List<EventCount> found = new ArrayList<>();
    reader
        .namedSections("counts")
        .forEach(
            (name, section) -> {
              String of = section.string("of");
              Duration within = section.duration("within", SHORTEST_WINDOW, LevelsReader.LONGEST);
              ValueType type = names.get(of);
              if (type == null || !(type.isNumeric() || type == ValueType.BOOLEAN)) {
                section.problem("of", unknown(of) + ", or cannot be counted");
              }
              found.add(new EventCount(name, of, within));
            });
    found.forEach(count -> names.put(count.name(), ValueType.DECIMAL));
    return List.copyOf(found);
  }

  private @Nullable String signal() {
    Optional<String> name = reader.optionalString("signal");
    if (name.isPresent()) {
      ValueType type = names.get(name.get());
      if (type == null) {
        reader.problem("signal", unknown(name.get()));
      } else if (!type.isNumeric()) {
        reader.problem("signal", name.get() + " is not a number; use when");
      }
    }
    return name.orElse(null);
  }

  private Explanation explanation() {
    Template summary = Template.parse(reader.string("summary"));
    for (String name : summary.names()) {
      if (!OWN_NAMES.contains(name) && !names.containsKey(name)) {
        reader.problem("summary", unknown(name));
      }
    }
    List<String> evidence = reader.strings("evidence");
    for (String name : evidence) {
      if (!names.containsKey(name)) {
        reader.problem("evidence", unknown(name));
      }
    }
    return new Explanation(
        reader.choice("cause", CauseClass.class),
        signal,
        unit,
        summary,
        reader.string("remediation"),
        reader.string("runbook", "docs/rules.md#" + id),
        evidence);
  }

  private List<RuleOverride> overrides() {
    List<RuleOverride> overrides = new ArrayList<>();
    for (ConfigReader section : reader.sections("overrides")) {
      ConfigReader match = section.section("match");
      Match fits =
          new Match(
              match.optionalString("fleet").orElse(null),
              match.optionalString("group").orElse(null),
              match.has("tier") ? match.choice("tier", Tier.class) : null,
              match.stringMap("labels"));
      Optional<Levels> levels = new LevelsReader(reader, section, names, signal, unit).read();
      boolean enabled = section.bool("enabled", true);
      overrides.add(new RuleOverride(fits, enabled ? levels.orElse(null) : null));
    }
    return overrides;
  }

  private Set<Tier> tiers() {
    Set<Tier> tiers = EnumSet.noneOf(Tier.class);
    for (String name : reader.strings("tiers")) {
      Optional<Tier> tier =
          EnumSet.allOf(Tier.class).stream()
              .filter(candidate -> candidate.name().equalsIgnoreCase(name))
              .findFirst();
      tier.ifPresentOrElse(
          tiers::add,
          () -> reader.problem("tiers", name + " is no tier: cache, store, queue or unspecified"));
    }
    return tiers.isEmpty() ? EnumSet.allOf(Tier.class) : tiers;
  }

  private String unknown(String name) {
    return "\"" + name + "\" is no value of " + view.name().toLowerCase(Locale.ROOT) + " rules";
  }
}
