package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.SlowlogKind;
import io.emberwatch.schemas.SlowlogSummary;
import io.emberwatch.schemas.topic.Topics;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * SLOWLOG GET since the last look; never RESET, which would take the entries from everyone else. It
 * asks for a few entries, and again for the rest when there are more. One per target; used by one
 * poll at a time.
 */
public final class SlowlogProbe implements Probe {

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

  @Override
  public String name() {
    return "slowlog";
  }

  @Override
  public Duration cadence() {
    return Duration.ZERO;
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel();
  }

  @Override
  public List<String> grants() {
    return List.of("+slowlog|get");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return get(exchange, FIRST_COUNT)
        .thenCompose(first -> rest(exchange, first))
        .thenApply(outcome -> outcome.map(reply -> poll -> read(reply, poll)));
  }

  /** Begins anew: another process answers now, whose ids are its own. */
  @Override
  public void restarted() {
    cursor = cursor.restarted();
  }

  private void read(List<Object> reply, PollDraft poll) {
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
    poll.sample().setSlowlog(summary);
    Optional<String> runId = poll.server().runId();
    look.fresh().forEach(entry -> poll.emit(Topics.SLOWLOG, record(entry, runId)));
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
    record.setKind(SlowlogKind.SLOW);
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
