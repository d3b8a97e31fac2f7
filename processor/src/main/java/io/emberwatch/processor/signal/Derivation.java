package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.LastSample;
import io.emberwatch.schemas.Signals;

/** What became of one sample. */
public sealed interface Derivation {

  /**
   * New: its signals, and what to remember for the next sample.
   *
   * @param next replaces what was remembered of the instance
   */
  record Derived(Signals signals, LastSample next) implements Derivation {}

  /** Seen before, or older than one that was seen: nothing follows from it. */
  record Stale() implements Derivation {}
}
