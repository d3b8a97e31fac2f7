package io.emberwatch.alerter.store;

import io.emberwatch.schemas.CauseClass;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents to list, newest first.
 *
 * @param statuses any of these; empty for all
 * @param severity at least this; null for all
 * @param cause null for all
 * @param fleet null for all
 * @param group null for all
 * @param before only incidents older than the one with this id, for the next page; null for the
 *     first page
 * @param limit most incidents to return, 1 to {@value #MAX_LIMIT}
 */
public record IncidentFilter(
    Set<IncidentStatus> statuses,
    @Nullable Severity severity,
    @Nullable CauseClass cause,
    @Nullable String fleet,
    @Nullable String group,
    @Nullable String before,
    int limit) {

  /** Largest page: its alerts still fit in a response. */
  public static final int MAX_LIMIT = 200;

  public IncidentFilter {
    statuses = Set.copyOf(statuses);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
  }

  /** Of every cause. */
  public IncidentFilter(
      Set<IncidentStatus> statuses,
      @Nullable Severity severity,
      @Nullable String fleet,
      @Nullable String group,
      @Nullable String before,
      int limit) {
    this(statuses, severity, null, fleet, group, before, limit);
  }

  /** Every incident, first page. */
  public static IncidentFilter all(int limit) {
    return new IncidentFilter(Set.of(), null, null, null, null, limit);
  }

  /** Every incident that is not resolved, first page. */
  public static IncidentFilter open(int limit) {
    Set<IncidentStatus> open =
        EnumSet.of(IncidentStatus.OPEN, IncidentStatus.TRIGGERED, IncidentStatus.ACKNOWLEDGED);
    return new IncidentFilter(open, null, null, null, null, limit);
  }

  String clause() {
    List<String> conditions = new ArrayList<>();
    if (!statuses.isEmpty()) {
      conditions.add("status IN (" + quoted(statuses) + ")");
    }
    if (severity != null) {
      conditions.add("severity IN (" + quoted(EnumSet.range(severity, Severity.CRITICAL)) + ")");
    }
    if (cause != null) {
      conditions.add("cause = '" + cause.name() + "'");
    }
    if (fleet != null) {
      conditions.add("fleet = :fleet");
    }
    if (group != null) {
      conditions.add("replication_group = :group");
    }
    if (before != null) {
      conditions.add("id < :before");
    }
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    return where + " ORDER BY id DESC LIMIT " + limit;
  }

  Map<String, ?> bindings() {
    Map<String, String> bindings = new HashMap<>();
    putIfGiven(bindings, "fleet", fleet);
    putIfGiven(bindings, "group", group);
    putIfGiven(bindings, "before", before);
    return bindings;
  }

  private static void putIfGiven(
      Map<String, String> bindings, String name, @Nullable String value) {
    if (value != null) {
      bindings.put(name, value);
    }
  }

  /** Names of constants only, so that there is nothing to escape. */
  private static String quoted(Set<? extends Enum<?>> values) {
    return values.stream()
        .map(value -> "'" + value.name() + "'")
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
