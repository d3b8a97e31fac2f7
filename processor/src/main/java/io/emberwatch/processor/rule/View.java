package io.emberwatch.processor.rule;

import io.emberwatch.schemas.BreachKind;
import io.emberwatch.schemas.Scope;

/**
 * Where the values of a rule come from. Each view has its own names, see {@link Vocabulary}, and
 * its own engine.
 */
public enum View {
  /** One sample of one instance, see {@link SignalsObservation}. */
  INSTANCE(Scope.INSTANCE),

  /** What a clock sees of one target that may be silent: only how old its newest sample is. */
  ABSENCE(Scope.INSTANCE),

  /** A replication group, its members taken together. */
  GROUP(Scope.GROUP);

  private final Scope scope;

  View(Scope scope) {
    this.scope = scope;
  }

  /** Scope of the breaches of this view. */
  public Scope scope() {
    return scope;
  }

  static View of(Scope scope, BreachKind kind) {
    if (scope == Scope.GROUP) {
      return GROUP;
    }
    return kind == BreachKind.ABSENCE ? ABSENCE : INSTANCE;
  }
}
