package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.LargeCommandSummary;
import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.SlowlogKind;
import io.emberwatch.schemas.SlowlogSummary;
import io.emberwatch.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A log of slow or large commands since the last look; never RESET, which would take the entries
 * from everyone else. It asks for a few entries, and again for the rest when there are more. One
 * per target and log; used by one poll at a time.
 */
public final class SlowlogProbe implements Probe {

  private static final int FIRST_COUNT = 8;

  /** Redis keeps 128 unless told otherwise; at most this many are read in one poll. */
  private static final int MAX_COUNT = 512;

  private final CommandLog log;
  private final Target target;
  private final String collectorId;
  private SlowlogCursor cursor = SlowlogCursor.START;

  /** A probe of one target's log that has not looked yet. */
  public SlowlogProbe(CommandLog log, Target target, String collectorId) {
    this.log = log;
    this.target = target;
    this.collectorId = collectorId;
  }

  @Override
  public String name() {
    return log.probe();
  }

  @Override
  public Duration cadence() {
    return log.cadence();
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && log.isOf(server);
  }

  @Override
  public List<String> grants() {
    return List.of(log.grant());
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return get(exchange, FIRST_COUNT)
        .thenCompose(first -> rest(exchange, first, FIRST_COUNT))
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
    long added = look.fresh().size() + look.lost();
    Long most = look.fresh().stream().map(SlowlogEntry::amount).max(Long::compare).orElse(null);
    if (log.kind() == SlowlogKind.SLOW) {
      poll.sample().setSlowlog(new SlowlogSummary(cursor.lastId(), added, look.lost(), most));
    } else {
      add(new LargeCommandSummary(log.kind(), cursor.lastId(), added, look.lost(), most), poll);
    }
    Optional<String> runId = poll.server().runId();
    look.fresh().forEach(entry -> poll.emit(Topics.SLOWLOG, record(entry, runId)));
  }

  private static void add(LargeCommandSummary summary, PollDraft poll) {
    List<LargeCommandSummary> former = poll.sample().getLargeCommands();
    List<LargeCommandSummary> all = new ArrayList<>(former == null ? List.of() : former);
    all.add(summary);
    poll.sample().setLargeCommands(all);
  }

  /**
   * Asks again while there are new entries that were not asked for, for twice as many: the log goes
   * on between two questions, if only by our own commands.
   */
  private CompletableFuture<ProbeOutcome<List<Object>>> rest(
      Exchange exchange, ProbeOutcome<List<Object>> given, int asked) {
    List<Object> reply = given.answer().orElse(List.of());
    List<SlowlogEntry> newest = entries(reply);
    long added = newest.isEmpty() ? 0 : cursor.added(newest.get(0).id());
    if (added <= asked || reply.size() < asked || asked == MAX_COUNT) {
      return CompletableFuture.completedFuture(given);
    }
    int count = (int) Math.min(2 * added, MAX_COUNT);
    return get(exchange, count).thenCompose(next -> rest(exchange, next, count));
  }

  private CompletableFuture<ProbeOutcome<List<Object>>> get(Exchange exchange, int count) {
    return exchange.list(log.command(), log.arguments(count));
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
    record.setKind(log.kind());
    record.setEntryId(entry.id());
    record.setExecutedAt(entry.executedAt());
    boolean slow = log.kind() == SlowlogKind.SLOW;
    record.setDurationUsec(slow ? entry.amount() : null);
    record.setSizeBytes(slow ? null : entry.amount());
    record.setCommand(Redaction.command(entry.arguments()));
    record.setArgumentCount(entry.arguments().size());
    record.setTotalArgumentCount(entry.totalArguments().orElse(null));
    record.setArguments(Redaction.arguments(entry.arguments(), target.keyNamesAllowed()));
    record.setClientAddress(entry.clientAddress().orElse(null));
    record.setClientName(entry.clientName().orElse(null));
    return record;
  }
}
