package io.emberwatch.processor.rule;

import io.emberwatch.processor.rule.RuleTest.Step;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.DurationText;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Tier;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the test sequences of a rule:
 *
 * <pre>
 * tests:
 *   fires:
 *     given: {role: REPLICA}               # holds at every step; reachable is true unless given
 *     values:
 *       0s: {link_up: false}
 *       30s: {link_up: false}
 *     expect: {30s: firing warning}        # nothing else; empty or absent: silence
 * </pre>
 */
final class RuleTestReader {

  private static final double LIMIT = 1e18;

  private final String ruleId;
  private final View view;
  private final Map<String, ValueType> names;

  RuleTestReader(String ruleId, View view, Map<String, ValueType> names) {
    this.ruleId = ruleId;
    this.view = view;
    this.names = names;
  }

  List<RuleTest> read(ConfigReader rule) {
    List<RuleTest> tests = new ArrayList<>();
    rule.namedSections("tests").forEach((name, section) -> tests.add(test(name, section)));
    return tests;
  }

  private RuleTest test(String name, ConfigReader reader) {
    Tier tier = reader.choice("tier", Tier.class, Tier.UNSPECIFIED);
    Map<String, Object> given = new HashMap<>();
    if (view == View.INSTANCE) {
      given.put("reachable", true);
    }
    values(reader.section("given"), given);
    List<StagedObservation> sequence = new ArrayList<>();
    reader
        .namedSections("values")
        .forEach(
            (at, section) -> {
              Map<String, Object> values = new HashMap<>(given);
              values(section, values);
              sequence.add(new StagedObservation(view, tier, time(reader, at), values));
            });
    if (sequence.isEmpty()) {
      reader.problem("values", "a test needs observations, such as 0s: {mem_util: 0.9}");
    }
    return new RuleTest(ruleId, name, sequence, expected(reader));
  }

  private void values(ConfigReader reader, Map<String, Object> into) {
    for (String name : reader.keys()) {
      ValueType type = names.get(name);
      if (type == null) {
        reader.optionalString(name);
        reader.problem(name, "is no value of this rule");
      } else if (reader.has(name)) {
        into.put(name, value(reader, name, type));
      } else {
        reader.optionalString(name);
        into.remove(name);
      }
    }
  }

  private static Object value(ConfigReader reader, String name, ValueType type) {
    return switch (type) {
      case INTEGER, DECIMAL -> reader.number(name, -LIMIT, LIMIT);
      case BOOLEAN -> reader.bool(name);
      case TEXT -> reader.string(name);
      case TEXTS -> reader.strings(name);
      case TEXT_BY_NAME -> reader.stringMap(name);
    };
  }

  private static List<Step> expected(ConfigReader reader) {
    List<Step> steps = new ArrayList<>();
    reader
        .stringMap("expect")
        .forEach(
            (at, text) -> {
              List<String> words = Arrays.asList(text.strip().toUpperCase(Locale.ROOT).split(" +"));
              Optional<Transition> transition = constant(Transition.class, words.get(0));
              Optional<Severity> severity =
                  words.size() == 2 ? constant(Severity.class, words.get(1)) : Optional.empty();
              if (transition.isPresent() && severity.isPresent()) {
                steps.add(new Step(time(reader, at), transition.get(), severity.get()));
              } else {
                reader.problem("expect", "\"" + text + "\" is no transition: firing warning");
              }
            });
    return steps;
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst();
  }

  private static Duration time(ConfigReader reader, String text) {
    Optional<Duration> time = DurationText.parse(text);
    if (time.isEmpty()) {
      reader.problem("values", "\"" + text + "\" is no duration: 15s, 5m");
    }
    return time.orElse(Duration.ZERO);
  }
}
