package io.emberwatch.processor.rule;

import org.jspecify.annotations.Nullable;

/** What must be so for a rule to fire at one severity, and what for it to clear. */
sealed interface Condition {

  Verdict judge(Values values);

  /** What must be so, for a reader of rules. */
  String text(Unit unit);

  /** Which side of the threshold is bad. */
  enum Side {
    ABOVE,
    BELOW
  }

  /**
   * A number is beyond a trigger, strictly; it is clear at the clear level or better. The band
   * between the two keeps a value that hovers at the trigger from flapping.
   *
   * @param name of the value
   * @param trigger in the value's unit
   * @param clear on the good side of the trigger, or equal to it
   */
  record Threshold(String name, Side side, double trigger, double clear) implements Condition {

    public Threshold {
      boolean ordered = side == Side.ABOVE ? clear <= trigger : clear >= trigger;
      if (!ordered) {
        throw new IllegalArgumentException("clear level " + clear + " is beyond " + trigger);
      }
    }

    @Override
    public Verdict judge(Values values) {
      Double value = values.number(name);
      if (value == null) {
        return Verdict.UNKNOWN;
      }
      if (side == Side.ABOVE ? value > trigger : value < trigger) {
        return Verdict.HOLDS;
      }
      boolean isClear = side == Side.ABOVE ? value <= clear : value >= clear;
      return isClear ? Verdict.CLEAR : Verdict.BETWEEN;
    }

    @Override
    public String text(Unit unit) {
      String beyond = name + (side == Side.ABOVE ? " > " : " < ") + Figure.text(trigger, unit);
      String better = side == Side.ABOVE ? " or less" : " or more";
      return "`" + beyond + "`, over at " + Figure.text(clear, unit) + better;
    }
  }

  /**
   * An expression is true.
   *
   * @param clears null: clear as soon as {@code fires} is false
   */
  record Predicate(Expression fires, @Nullable Expression clears) implements Condition {

    @Override
    public Verdict judge(Values values) {
      Boolean firing = fires.test(values);
      if (firing == null) {
        return Verdict.UNKNOWN;
      }
      if (firing) {
        return Verdict.HOLDS;
      }
      Boolean clear = clears == null ? Boolean.TRUE : clears.test(values);
      if (clear == null) {
        return Verdict.UNKNOWN;
      }
      return clear ? Verdict.CLEAR : Verdict.BETWEEN;
    }

    @Override
    public String text(Unit unit) {
      return "`" + fires + "`" + (clears == null ? "" : ", over when `" + clears + "`");
    }
  }
}
