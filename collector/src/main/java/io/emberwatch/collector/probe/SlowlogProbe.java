package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.SlowlogSummary;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * SLOWLOG GET since the last look; never RESET, which would take the entries from everyone else. It
 * asks for a few entries, and again for the rest when there are more. One per target; used by one
 * poll at a time.
 */
public final class SlowlogProbe {

  /** Name in {@code probe_latency_usec} and {@code refused_probes}. */
  public static final String NAME = "slowlog";

  private static final int FIRST_COUNT = 8;

  /** Redis keeps 128 unless told otherwise; at most this many are read in one poll. */
  private static final int MAX_COUNT = 512;

  private final Target target;
  private final String collectorId;
  private SlowlogCursor cursor = SlowlogCursor.START;

  /** A probe of one target that has not looked yet. */
  public SlowlogProbe(Target target, String collectorId) {
    this.target = target;
    this.collectorId = collectorId;
  }

  /**
   * What one look found.
   *
   * @param summary for the sample
   * @param records of the new entries, redacted, oldest first
   */
  public record Reading(SlowlogSummary summary, List<Slowlog> records) {}

  /** The newest entries; to be given to {@link #read} once it is known whose they are. */
  public CompletableFuture<ProbeOutcome<List<Object>>> run(Exchange exchange) {
    return get(exchange, FIRST_COUNT).thenCompose(first -> rest(exchange, first));
  }

  /** Begins anew: another process answers now, whose ids are its own. */
  public void restarted() {
    cursor = cursor.restarted();
  }

  /**
   * Reads a reply of {@link #run} and moves on.
   *
   * @param runId of the server that answered; empty when not known
   */
  public Reading read(List<Object> reply, Optional<String> runId) {
    SlowlogCursor.Look look = cursor.look(entries(reply));
    cursor = look.next();
    SlowlogSummary summary = new SlowlogSummary();
    summary.setLastId(cursor.lastId());
    summary.setEntriesNew(look.fresh().size() + look.lost());
    summary.setEntriesLost(look.lost());
    look.fresh().stream()
        .mapToLong(SlowlogEntry::durationMicros)
        .max()
        .ifPresent(summary::setSlowestUsec);
    return new Reading(summary, look.fresh().stream().map(e -> record(e, runId)).toList());
  }

  private CompletableFuture<ProbeOutcome<List<Object>>> rest(
      Exchange exchange, ProbeOutcome<List<Object>> first) {
    if (!(first instanceof Answered<List<Object>> answered)) {
      return CompletableFuture.completedFuture(first);
    }
    List<SlowlogEntry> newest = entries(answered.value());
    long added = newest.isEmpty() ? 0 : cursor.added(newest.get(0).id());
    return added <= FIRST_COUNT
        ? CompletableFuture.completedFuture(first)
        : get(exchange, (int) Math.min(added, MAX_COUNT));
  }

  private static CompletableFuture<ProbeOutcome<List<Object>>> get(Exchange exchange, int count) {
    return exchange.list(CommandType.SLOWLOG, "GET", Integer.toString(count));
  }

  private static List<SlowlogEntry> entries(List<Object> reply) {
    return reply.stream().map(SlowlogEntry::read).flatMap(Optional::stream).toList();
  }

  private Slowlog record(SlowlogEntry entry, Optional<String> runId) {
    Slowlog record = new Slowlog();
    record.setInstanceId(target.instanceId());
    record.setFleet(target.fleet());
    record.setGroup(target.group());
    record.setLabels(target.labels());
    record.setCollectorId(collectorId);
    record.setRunId(runId.orElse(null));
    record.setEntryId(entry.id());
    record.setExecutedAt(entry.executedAt());
    record.setDurationUsec(entry.durationMicros());
    record.setCommand(Redaction.command(entry.arguments()));
    record.setArgumentCount(entry.arguments().size());
    record.setArguments(Redaction.arguments(entry.arguments(), target.keyNamesAllowed()));
    record.setClientAddress(entry.clientAddress().orElse(null));
    record.setClientName(entry.clientName().orElse(null));
    return record;
  }
}
