package io.emberwatch.processor.health;

import io.emberwatch.processor.absence.AbsenceEvent;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.Signals;
import java.time.Instant;

/** What can change the health of a scope. */
public sealed interface HealthUpdate {

  /** A sample of the instance. */
  record Sampled(Signals signals) implements HealthUpdate {}

  /** A transition of a rule on the scope itself. */
  record Fired(Breach breach) implements HealthUpdate {}

  /** The instance is no longer expected. */
  record Forgotten(Instant at) implements HealthUpdate {}

  /** The health of a member one level below; one that {@link Publication#isGone} leaves. */
  record Member(Health health) implements HealthUpdate {}

  static HealthUpdate of(Signals signals) {
    return new Sampled(signals);
  }

  static HealthUpdate of(Breach breach) {
    return new Fired(breach);
  }

  static HealthUpdate of(Health member) {
    return new Member(member);
  }

  static HealthUpdate of(AbsenceEvent event) {
    if (event instanceof AbsenceEvent.Changed changed) {
      return new Fired(changed.breach());
    }
    return new Forgotten(((AbsenceEvent.Forgotten) event).last().at());
  }
}
