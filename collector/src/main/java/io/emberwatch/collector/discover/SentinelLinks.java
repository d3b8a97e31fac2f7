package io.emberwatch.collector.discover;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.sentinel.SentinelReading;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.ServerAddress;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the sentinels of one discovery, kept between its looks, so that a look costs a few
 * questions. Every step has a limit.
 */
final class SentinelLinks implements AutoCloseable {

  /** For a connect and for an answer each. All sentinels are asked at once. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private final Discovery discovery;
  private final DiscoveryMethod.Sentinel method;
  private final RedisConnector connector;
  private final Map<ServerAddress, Exchange> open = new ConcurrentHashMap<>();

  /** Who answered at an address; outlives the connection, so that one that died is still known. */
  private final Map<ServerAddress, String> ids = new ConcurrentHashMap<>();

  private volatile boolean closed;

  SentinelLinks(Discovery discovery, DiscoveryMethod.Sentinel method, RedisConnector connector) {
    this.discovery = discovery;
    this.method = method;
    this.connector = connector;
  }

  /**
   * What came of asking one sentinel.
   *
   * @param answer null when there was none
   * @param fault why
   */
  record Asked(@Nullable SentinelAnswer answer, String fault) {}

  /** Asks for the primaries. Never fails. */
  CompletableFuture<Asked> masters(ServerAddress address) {
    return connected(address)
        .thenCompose(exchange -> masters(address, exchange))
        .exceptionally(fault -> none(address, Faults.ofConnect(fault)));
  }

  /** Asks for a list about one primary; empty when there is no answer. Never fails. */
  CompletableFuture<Optional<List<Object>>> ask(Exchange exchange, String what, String master) {
    return bounded(exchange.list(CommandType.SENTINEL, what, master))
        .thenApply(ProbeOutcome::answer);
  }

  /** The address at which this sentinel was asked before, if it was. */
  Optional<ServerAddress> addressOf(@Nullable String id) {
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Drops connections to all others. */
  void retain(Set<ServerAddress> addresses) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean other = !addresses.contains(entry.getKey());
              if (other) {
                entry.getValue().close();
              }
              return other;
            });
    ids.keySet().retainAll(addresses);
  }

  @Override
  public void close() {
    closed = true;
    retain(Set.of());
  }

  private CompletableFuture<Exchange> connected(ServerAddress address) {
    Exchange former = open.get(address);
    if (former != null && former.isOpen()) {
      return CompletableFuture.completedFuture(former);
    }
    CompletableFuture<Exchange> connecting =
        connector.connect(discovery.sentinel(discovery.group(), address, method.login(), Map.of()));
    return connecting
        .copy()
        .orTimeout(STEP.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (exchange, fault) -> {
              if (fault == null) {
                keep(address, exchange);
              } else {
                // A connect that succeeds after its deadline must not stay open unseen.
                CompletableFuture<Void> unused = connecting.thenAccept(Exchange::close);
              }
            });
  }

  private CompletableFuture<Asked> masters(ServerAddress address, Exchange exchange) {
    // Since 6.2; without it a sentinel may be found under two addresses.
    CompletableFuture<Void> unused =
        exchange
            .bytes(CommandType.SENTINEL, "MYID")
            .thenAccept(outcome -> outcome.answer().ifPresent(id -> learn(address, id)));
    return bounded(exchange.list(CommandType.SENTINEL, "MASTERS"))
        .thenApply(
            outcome ->
                outcome instanceof Answered<List<Object>> answered
                    ? new Asked(
                        new SentinelAnswer(
                            address, exchange, SentinelReading.masters(answered.value())),
                        "")
                    : none(address, outcome));
  }

  private void learn(ServerAddress address, byte[] id) {
    if (id.length == 40 && !closed) {
      ids.put(address, new String(id, StandardCharsets.US_ASCII));
    }
  }

  private Asked none(ServerAddress address, ProbeOutcome<?> outcome) {
    drop(address);
    String why = "no answer within " + STEP.toMillis() + " ms";
    if (outcome instanceof Refused<?> refused) {
      why = refused.message();
    } else if (outcome instanceof Failed<?> failed) {
      why = failed.error();
    }
    return new Asked(null, address + ": " + why);
  }

  private void keep(ServerAddress address, Exchange exchange) {
    Exchange former = open.put(address, exchange);
    if (former != null) {
      former.close();
    }
    if (closed) {
      drop(address);
    }
  }

  private void drop(ServerAddress address) {
    Exchange former = open.remove(address);
    if (former != null) {
      former.close();
    }
  }

  private static <T> CompletableFuture<ProbeOutcome<T>> bounded(
      CompletableFuture<ProbeOutcome<T>> answer) {
    return answer.completeOnTimeout(
        new ProbeOutcome.TimedOut<>(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }
}
