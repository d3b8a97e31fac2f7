package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds samples one after another, as the stage does. */
final class SignalRun {

  private @Nullable LastSample last;
  private final List<Signals> signals = new ArrayList<>();
  private int stale;

  /** Signals of the last of these samples, taken in order on a fresh instance. */
  static Signals of(InstanceSample... samples) {
    SignalRun run = new SignalRun();
    for (InstanceSample sample : samples) {
      run.feed(sample);
    }
    return run.latest();
  }

  /** Feeds one; it arrives 2 s after it was taken. */
  SignalRun feed(InstanceSample sample) {
    Instant arrival = sample.getSampledAt().plusSeconds(2);
    Derivation derivation = SignalMath.derive(last, sample, sample.getSampledAt(), arrival);
    if (derivation instanceof Derivation.Derived derived) {
      last = derived.next();
      signals.add(derived.signals());
    } else {
      stale++;
    }
    return this;
  }

  Signals latest() {
    return signals.get(signals.size() - 1);
  }

  List<Signals> all() {
    return signals;
  }

  int stale() {
    return stale;
  }

  @Nullable LastSample state() {
    return last;
  }
}
