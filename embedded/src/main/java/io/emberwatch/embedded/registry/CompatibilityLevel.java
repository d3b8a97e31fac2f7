package io.emberwatch.embedded.registry;

import java.util.Optional;
import java.util.stream.Stream;

/** What a new version of a schema must be able to do with the older ones; Confluent's levels. */
enum CompatibilityLevel {
  /** Anything goes. */
  NONE(false, false, false),
  /** The new schema reads data of the latest version. */
  BACKWARD(true, false, false),
  /** The new schema reads data of every version. */
  BACKWARD_TRANSITIVE(true, false, true),
  /** The latest version reads data of the new schema. */
  FORWARD(false, true, false),
  /** Every version reads data of the new schema. */
  FORWARD_TRANSITIVE(false, true, true),
  /** Both ways with the latest version. */
  FULL(true, true, false),
  /** Both ways with every version. */
  FULL_TRANSITIVE(true, true, true);

  final boolean backward;
  final boolean forward;
  final boolean transitive;

  CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  static Optional<CompatibilityLevel> named(String name) {
    return Stream.of(values()).filter(level -> level.name().equals(name)).findFirst();
  }
}
