package io.emberwatch.processor.rule;

import java.util.List;
import java.util.Optional;

/** The rules in force, in the order of their files. Immutable. */
public record RuleSet(List<Rule> rules) {

  public RuleSet {
    rules = List.copyOf(rules);
  }

  /** The engine for the rules of one view. */
  public RuleEngine engine(View view) {
    return new RuleEngine(rules.stream().filter(rule -> rule.view() == view).toList());
  }

  public Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
