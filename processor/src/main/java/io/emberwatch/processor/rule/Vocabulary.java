package io.emberwatch.processor.rule;

import java.util.Map;

/** Every name that a rule of a view may use, with its type. */
final class Vocabulary {

  private static final Map<String, ValueType> INSTANCE = SignalsObservation.names();

  private static final Map<String, ValueType> ABSENCE =
      Map.of(
          "freshness_seconds", ValueType.DECIMAL,
          "freshness_intervals", ValueType.DECIMAL);

  private static final Map<String, ValueType> GROUP =
      Map.of(
          // Members that say that they are primaries, whether they still answer or not.
          "primaries", ValueType.INTEGER,
          "reachable_primaries", ValueType.INTEGER,
          "members", ValueType.INTEGER,
          "reachable_members", ValueType.INTEGER,
          "online_replicas", ValueType.INTEGER,
          // The most replicas seen within the retention, or the label expected-replicas.
          "expected_replicas", ValueType.INTEGER,
          "missing_replicas", ValueType.INTEGER,
          "group_has_been_complete", ValueType.BOOLEAN);

  private Vocabulary() {}

  static Map<String, ValueType> of(View view) {
    return switch (view) {
      case INSTANCE -> INSTANCE;
      case ABSENCE -> ABSENCE;
      case GROUP -> GROUP;
    };
  }
}
