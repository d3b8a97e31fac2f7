package io.emberwatch.local.cli;

import io.emberwatch.collector.fleet.TargetsPlan;
import io.emberwatch.schemas.TargetDefinition;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan for people: {@code +} is added, {@code -} removed, {@code ~} changed. */
final class PlanPrint {

  private final PrintWriter out;

  PlanPrint(PrintWriter out) {
    this.out = out;
  }

  /** A line each. */
  void changes(TargetsPlan plan, List<String> removed) {
    plan.added().forEach(one -> out.println("+ " + one.getTargetId()));
    plan.changed().forEach(one -> out.println("~ " + one.after().getTargetId()));
    removed.forEach(id -> out.println("- " + id));
  }

  /** The same, and of what differs both definitions. */
  void differences(TargetsPlan plan) {
    plan.added().forEach(one -> out.println("+ " + one.getTargetId()));
    for (TargetsPlan.Change change : plan.changed()) {
      out.println("~ " + change.after().getTargetId());
      out.println("    topic " + definition(change.before()));
      out.println("    file  " + change.after().getDefinition());
    }
    plan.surplus().forEach(id -> out.println("- " + id));
  }

  private static String definition(@Nullable TargetDefinition before) {
    return before == null ? "(cannot be read)" : before.getDefinition();
  }
}
