package io.emberwatch.processor.rule;

import io.emberwatch.schemas.Scope;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one sample as rules see them: a value for each field of the {@code Signals} schema
 * but the times. An enum's {@code UNKNOWN} is null. Of a failed poll only the poll itself and the
 * target's identity are known, since the defaults of the other fields (not loading, not restarted,
 * nothing refused) say nothing about a server that was not reached.
 *
 * @param at event time; given apart from the signals since a stage may clamp a fast clock
 */
public record SignalsObservation(Signals signals, Instant at) implements Observation {

  private static final Map<String, Integer> POSITIONS = positions();

  private static final Set<String> KNOWN_OF_A_FAILED_POLL =
      Set.of(
          "instance_id",
          "fleet",
          "group",
          "host",
          "port",
          "labels",
          "tier",
          "trace_id",
          "poll_interval_millis",
          "state",
          "reachable",
          "error",
          "freshness_seconds");

  /** The names and types of this observation. */
  static Map<String, ValueType> names() {
    Map<String, ValueType> names = new TreeMap<>();
    for (Schema.Field field : Signals.getClassSchema().getFields()) {
      ValueType type = typeOf(field.schema());
      if (type != null) {
        names.put(field.name(), type);
      }
    }
    return Map.copyOf(names);
  }

  @Override
  public Scope scope() {
    return Scope.INSTANCE;
  }

  @Override
  public String scopeId() {
    return signals.getInstanceId();
  }

  @Override
  public String fleet() {
    return signals.getFleet();
  }

  @Override
  public String group() {
    return signals.getGroup();
  }

  @Override
  public String instanceId() {
    return signals.getInstanceId();
  }

  @Override
  public Map<String, String> labels() {
    return signals.getLabels();
  }

  @Override
  public Tier tier() {
    return signals.getTier();
  }

  @Override
  public Duration pollInterval() {
    return Duration.ofMillis(signals.getPollIntervalMillis());
  }

  @Override
  public String traceId() {
    return signals.getTraceId();
  }

  @Override
  public @Nullable Object value(String name) {
    Integer position = POSITIONS.get(name);
    if (position == null || !(signals.getReachable() || KNOWN_OF_A_FAILED_POLL.contains(name))) {
      return null;
    }
    Object value = signals.get(position);
    if (value instanceof Enum<?> constant) {
      return constant.name().equals("UNKNOWN") ? null : constant.name();
    }
    return value;
  }

  private static Map<String, Integer> positions() {
    Map<String, Integer> positions = new HashMap<>();
    for (Schema.Field field : Signals.getClassSchema().getFields()) {
      if (typeOf(field.schema()) != null) {
        positions.put(field.name(), field.pos());
      }
    }
    return Map.copyOf(positions);
  }

  private static @Nullable ValueType typeOf(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
              .filter(member -> member.getType() != Schema.Type.NULL)
              .findFirst()
              .map(SignalsObservation::typeOf)
              .orElse(null);
      case INT, LONG -> ValueType.INTEGER;
      case FLOAT, DOUBLE -> ValueType.DECIMAL;
      case BOOLEAN -> ValueType.BOOLEAN;
      case STRING, ENUM -> ValueType.TEXT;
      case ARRAY ->
          schema.getElementType().getType() == Schema.Type.STRING ? ValueType.TEXTS : null;
      case MAP ->
          schema.getValueType().getType() == Schema.Type.STRING ? ValueType.TEXT_BY_NAME : null;
      default -> null;
    };
  }
}
