package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.sentinel.MasterDetails;
import io.emberwatch.collector.sentinel.SentinelInfo;
import io.emberwatch.collector.sentinel.SentinelReading;
import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.SentinelView;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a sentinel watches: INFO sentinel and SENTINEL MASTERS, then REPLICAS, SENTINELS and
 * CKQUORUM of each primary; of a sentinel of many primaries, of {@value #DETAILED} in turn. Where a
 * right is missing, INFO still names the primaries, and the rest is asked again rarely.
 */
public final class SentinelProbe implements Probe {

  /** Primaries told in detail each look: some 100 questions. */
  static final int DETAILED = 32;

  /** Primaries asked about at once; a connection holds 128 questions. */
  private static final int AT_ONCE = 8;

  /** Looks between two tries of what was refused: ten minutes at 15 s. */
  private static final int LOOKS_UNTIL_RETRY = 40;

  private int turn;
  private int looksToSkip;
  private Optional<Refused<?>> refusal = Optional.empty();

  @Override
  public String name() {
    return "sentinel";
  }

  @Override
  public Duration cadence() {
    return Duration.ZERO;
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return server.isSentinel();
  }

  @Override
  public List<String> grants() {
    return List.of(
        "+sentinel|masters", "+sentinel|replicas", "+sentinel|sentinels", "+sentinel|ckquorum");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    CompletableFuture<ProbeOutcome<byte[]>> info = exchange.bytes(CommandType.INFO, "sentinel");
    CompletableFuture<Look> look =
        looksToSkip > 0
            ? CompletableFuture.completedFuture(Look.SKIPPED)
            : exchange
                .list(CommandType.SENTINEL, "MASTERS")
                .thenCompose(masters -> details(exchange, server, masters));
    return info.thenCombine(
        look, (text, rest) -> text.map(bytes -> poll -> add(bytes, rest, poll)));
  }

  @Override
  public void restarted() {
    looksToSkip = 0;
  }

  private CompletableFuture<Look> details(
      Exchange exchange, ServerFacts server, ProbeOutcome<List<Object>> outcome) {
    List<SentinelMaster> masters = outcome.answer().map(SentinelReading::masters).orElse(List.of());
    String replicas = server.speaksRedis(5, 0) ? "REPLICAS" : "SLAVES";
    CompletableFuture<Map<String, MasterDetails>> all =
        CompletableFuture.completedFuture(new ConcurrentHashMap<>());
    List<String> names = inTurn(masters.stream().map(SentinelMaster::getName).toList());
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      List<String> part = names.subList(from, Math.min(names.size(), from + AT_ONCE));
      all = all.thenCompose(found -> ask(exchange, replicas, part, found));
    }
    return all.thenApply(found -> new Look(true, outcome, masters, found));
  }

  private List<String> inTurn(List<String> names) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(DETAILED, names.size()); i++) {
      chosen.add(names.get((turn + i) % names.size()));
    }
    return chosen;
  }

  private static CompletableFuture<Map<String, MasterDetails>> ask(
      Exchange exchange, String replicas, List<String> names, Map<String, MasterDetails> found) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (String name : names) {
      CompletableFuture<ProbeOutcome<List<Object>>> slaves =
          exchange.list(CommandType.SENTINEL, replicas, name);
      CompletableFuture<ProbeOutcome<List<Object>>> peers =
          exchange.list(CommandType.SENTINEL, "SENTINELS", name);
      CompletableFuture<ProbeOutcome<byte[]>> quorum =
          exchange.bytes(CommandType.SENTINEL, "CKQUORUM", name);
      answers.add(
          CompletableFuture.allOf(slaves, peers, quorum)
              .thenRun(
                  () ->
                      found.put(
                          name, new MasterDetails(slaves.join(), peers.join(), quorum.join()))));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(done -> found);
  }

  private void add(byte[] info, Look look, PollDraft poll) {
    SentinelView view = SentinelInfo.read(info);
    look.refusal()
        .ifPresent(
            refused -> {
              refusal = Optional.of(refused);
              looksToSkip = LOOKS_UNTIL_RETRY;
            });
    if (!look.asked) {
      looksToSkip--;
    } else if (look.refusal().isEmpty()) {
      refusal = Optional.empty();
    }
    refusal.ifPresent(refused -> poll.server().note(name(), refused));
    if (!look.masters.isEmpty()) {
      look.details.forEach((name, details) -> look.master(name).ifPresent(details::addTo));
      view.setMasters(look.masters);
      turn = (turn + DETAILED) % look.masters.size();
    }
    poll.sample().setSentinel(view);
  }

  /**
   * What the commands beside INFO gave.
   *
   * @param asked false while they are left out
   */
  private record Look(
      boolean asked,
      ProbeOutcome<List<Object>> outcome,
      List<SentinelMaster> masters,
      Map<String, MasterDetails> details) {

    static final Look SKIPPED = new Look(false, new ProbeOutcome.TimedOut<>(), List.of(), Map.of());

    Optional<SentinelMaster> master(String name) {
      return masters.stream().filter(one -> one.getName().equals(name)).findFirst();
    }

    /** For want of a right; a sentinel also refuses what is about a primary it knows no more. */
    Optional<Refused<?>> refusal() {
      return Stream.concat(
              Stream.of(outcome), details.values().stream().flatMap(MasterDetails::outcomes))
          .filter(one -> one instanceof Refused<?> refused && refused.code().equals("NOPERM"))
          .<Refused<?>>map(one -> (Refused<?>) one)
          .findFirst();
    }
  }
}
