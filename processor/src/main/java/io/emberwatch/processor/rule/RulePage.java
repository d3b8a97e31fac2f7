package io.emberwatch.processor.rule;

import io.emberwatch.runtime.config.DurationText;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rule as a page for people, in Markdown: the runbook that its breaches link to. */
final class RulePage {

  private RulePage() {}

  static String document(List<RuleFile.Entry> entries) {
    String index =
        entries.stream()
            .map(RuleFile.Entry::rule)
            .map(rule -> String.format("| [%1$s](#%1$s) | %2$s |", rule.id(), cause(rule)))
            .collect(Collectors.joining("\n"));
    String pages = entries.stream().map(RulePage::of).collect(Collectors.joining("\n"));
    return """
        # Rules

        The rules that ship with Emberwatch; each breach links to its section. Written by
        `emberwatch rules docs` from `rules.yaml`, whose head explains the format: do not edit.
        A threshold's source is in a comment beside it there.

        | Rule | Cause |
        |---|---|
        %s

        %s"""
        .formatted(index, pages);
  }

  static String of(RuleFile.Entry entry) {
    Rule rule = entry.rule();
    Explanation words = rule.explanation();
    StringBuilder page = new StringBuilder("## " + rule.id() + "\n\n");
    page.append(words.summary()).append(".\n\n");
    page.append("**Do:** ").append(words.remediation()).append("\n\n");
    item(page, "Warning", level(rule.levels().warning(), words.unit()));
    item(page, "Critical", level(rule.levels().critical(), words.unit()));
    item(page, "Only while", rule.gate() == null ? null : "`" + rule.gate() + "`");
    item(page, "Counts", counts(rule));
    item(page, "For groups of tier", tiers(rule));
    item(page, "An unknown value", rule.absentIsClear() ? "ends it" : null);
    item(page, "Judges", judges(rule.view()));
    item(page, "Cause", cause(rule));
    item(page, "Evidence", String.join(", ", words.evidence()));
    item(page, "Repeated", "every " + text(rule.refresh()) + " while it goes on");
    item(page, "Overrides", rule.overrides().isEmpty() ? null : "" + rule.overrides().size());
    return page.toString();
  }

  private static void item(StringBuilder page, String name, @Nullable String text) {
    if (text != null) {
      page.append("- ").append(name).append(": ").append(text).append('\n');
    }
  }

  private static @Nullable String level(@Nullable Level level, Unit unit) {
    if (level == null) {
      return null;
    }
    StringBuilder text = new StringBuilder(level.condition().text(unit));
    text.append(level.hold().isZero() ? ", at once" : ", for " + text(level.hold()));
    if (level.samples() > 1) {
      text.append(" and ").append(level.samples()).append(" samples");
    }
    if (!level.clearHold().isZero()) {
      text.append("; must be over for ").append(text(level.clearHold()));
    }
    return text.toString();
  }

  private static @Nullable String counts(Rule rule) {
    return rule.counts().isEmpty()
        ? null
        : rule.counts().stream()
            .map(
                count ->
                    "`%s` = %s in %s".formatted(count.name(), count.of(), text(count.within())))
            .collect(Collectors.joining(", "));
  }

  private static @Nullable String tiers(Rule rule) {
    return rule.tiers().size() == Tier.values().length
        ? null
        : rule.tiers().stream().sorted().map(RulePage::lower).collect(Collectors.joining(", "));
  }

  private static String judges(View view) {
    return switch (view) {
      case INSTANCE -> "each sample of an instance";
      case ABSENCE -> "an instance, by the clock";
      case GROUP -> "a replication group";
    };
  }

  private static String cause(Rule rule) {
    return lower(rule.explanation().cause());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Duration duration) {
    return DurationText.format(duration);
  }
}
