package io.emberwatch.collector.target;

import io.emberwatch.collector.target.PrefixRule.ByPattern;
import io.emberwatch.collector.target.PrefixRule.BySeparator;
import io.emberwatch.runtime.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How keys are told apart by prefix.
 *
 * @param rules tried in order; the first that finds a prefix decides
 * @param separator ends the prefix of a key in which no rule found one
 * @param max prefixes told apart in one record, beyond which keys count as "other"; 1 to {@value
 *     #MAX_PREFIXES}
 */
public record PrefixRules(List<PrefixRule> rules, BySeparator separator, int max) {

  /** Bounds a window's record: a thousand prefixes with ten events each are some 300 KB. */
  public static final int MAX_PREFIXES = 1_000;

  /** Each is tried on every key. */
  public static final int MAX_RULES = 8;

  /** Up to the first colon; 100 prefixes. */
  public static final PrefixRules DEFAULTS =
      new PrefixRules(List.of(), new BySeparator(":", 1), 100);

  public PrefixRules {
    rules = List.copyOf(rules);
    if (max < 1 || max > MAX_PREFIXES || rules.size() > MAX_RULES) {
      throw new IllegalArgumentException("max=" + max + " rules=" + rules.size());
    }
  }

  /** All rules in order, the separator last. */
  public List<PrefixRule> all() {
    List<PrefixRule> all = new ArrayList<>(rules);
    all.add(separator);
    return all;
  }

  static PrefixRules read(ConfigReader node, PrefixRules above) {
    BySeparator separator = above.separator;
    if (node.has("prefix-separator")) {
      separator = bySeparator(node, "prefix-separator", 1, above.separator);
    }
    return new PrefixRules(
        node.has("prefix-rules") ? rules(node) : above.rules,
        separator,
        (int) node.integer("max-prefixes", 1, MAX_PREFIXES, above.max));
  }

  private static List<PrefixRule> rules(ConfigReader node) {
    List<PrefixRule> rules = new ArrayList<>();
    for (ConfigReader rule : node.sections("prefix-rules")) {
      Optional<String> pattern = rule.optionalString("pattern");
      Optional<String> separator = rule.optionalString("separator");
      int depth = (int) rule.integer("depth", 1, BySeparator.MAX_DEPTH, 1);
      if (pattern.isPresent() == separator.isPresent()) {
        rule.problem("pattern", "a rule has either a pattern or a separator");
      } else if (pattern.isPresent()) {
        pattern(rule, pattern.get(), rules);
      } else {
        rules.add(bySeparator(rule, "separator", depth, DEFAULTS.separator));
      }
    }
    if (rules.size() > MAX_RULES) {
      node.problem("prefix-rules", "more than " + MAX_RULES + " rules");
      return List.of();
    }
    return rules;
  }

  private static void pattern(ConfigReader rule, String pattern, List<PrefixRule> rules) {
    try {
      rules.add(new ByPattern(pattern));
    } catch (IllegalArgumentException notAPattern) {
      rule.problem("pattern", String.valueOf(notAPattern.getMessage()));
    }
  }

  private static BySeparator bySeparator(
      ConfigReader node, String key, int depth, BySeparator fallback) {
    try {
      return new BySeparator(node.string(key), depth);
    } catch (IllegalArgumentException notASeparator) {
      node.problem(key, String.valueOf(notASeparator.getMessage()));
      return fallback;
    }
  }
}
