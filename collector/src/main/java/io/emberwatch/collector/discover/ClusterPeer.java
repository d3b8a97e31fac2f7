package io.emberwatch.collector.discover;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.emberwatch.collector.cluster.NodesReply;
import io.emberwatch.collector.cluster.ShardsReply;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.ServerAddress;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A connected node of a cluster, and what its release can be asked. One call at a time. */
final class ClusterPeer implements AutoCloseable {

  /** For a connect and for an answer each: of four dead seeds the fifth is asked in time. */
  static final Duration STEP = Duration.ofSeconds(1);

  private static final Pattern SHARD_ID = Pattern.compile("[0-9a-f]{40}");

  private final ServerAddress address;
  private final boolean encrypted;
  private final Exchange exchange;
  private final ServerFacts facts;

  private ClusterPeer(
      ServerAddress address, boolean encrypted, Exchange exchange, ServerFacts facts) {
    this.address = address;
    this.encrypted = encrypted;
    this.exchange = exchange;
    this.facts = facts;
  }

  /** Connects, and asks for the release; fails with what {@code Faults} can class. */
  static CompletableFuture<ClusterPeer> connect(
      Discovery discovery, ServerAddress address, RedisConnector connector) {
    CompletableFuture<Exchange> connecting =
        connector.connect(discovery.target(discovery.group(), address, Map.of()));
    return connecting
        .copy()
        .orTimeout(STEP.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (exchange, fault) -> {
              if (fault != null) {
                // A connect that succeeds after its deadline must not stay open unseen.
                CompletableFuture<Void> unused = connecting.thenAccept(Exchange::close);
              }
            })
        .thenCompose(
            exchange ->
                bounded(exchange.bytes(CommandType.INFO, "server"))
                    .thenApply(
                        info ->
                            new ClusterPeer(
                                address,
                                discovery.settings().tls().enabled(),
                                exchange,
                                facts(info))));
  }

  ServerAddress address() {
    return address;
  }

  boolean isOpen() {
    return exchange.isOpen();
  }

  /** Its view; refused, timed out or failed as CLUSTER NODES was. */
  CompletableFuture<ProbeOutcome<ClusterView>> view() {
    CompletableFuture<ProbeOutcome<byte[]>> nodes =
        bounded(exchange.bytes(CommandType.CLUSTER, "NODES"));
    return shards()
        .thenCombine(nodes, (listed, outcome) -> outcome.map(reply -> view(reply, listed)));
  }

  /** What it calls its shard; empty when it does not say. */
  CompletableFuture<Optional<String>> shardId() {
    return bounded(exchange.bytes(CommandType.CLUSTER, "MYSHARDID"))
        .thenApply(
            outcome ->
                outcome
                    .answer()
                    .map(bytes -> new String(bytes, US_ASCII))
                    .filter(id -> SHARD_ID.matcher(id).matches()));
  }

  /** Why there was no answer, for a person. */
  static String reason(ProbeOutcome<?> outcome) {
    if (outcome instanceof Refused<?> refused) {
      return refused.message();
    }
    if (outcome instanceof Failed<?> failed) {
      return failed.error();
    }
    return outcome instanceof Answered<?>
        ? "the reply to CLUSTER NODES cannot be read"
        : "no answer within " + STEP.toMillis() + " ms";
  }

  @Override
  public void close() {
    exchange.close();
  }

  private ClusterView view(byte[] reply, ShardsReply listed) {
    return new ClusterView(
        address, encrypted, facts.speaksRedis(7, 2), NodesReply.parse(reply), listed);
  }

  /** Not asked of a release that would count it as an error. */
  private CompletableFuture<ShardsReply> shards() {
    if (!facts.speaksRedis(7, 0)) {
      return CompletableFuture.completedFuture(ShardsReply.NONE);
    }
    return bounded(exchange.list(CommandType.CLUSTER, "SHARDS"))
        .thenApply(outcome -> outcome.answer().map(ShardsReply::parse).orElse(ShardsReply.NONE));
  }

  private static ServerFacts facts(ProbeOutcome<byte[]> info) {
    ServerFacts facts = new ServerFacts();
    info.answer().map(InfoParser::parse).ifPresent(facts::learn);
    return facts;
  }

  private static <T> CompletableFuture<ProbeOutcome<T>> bounded(
      CompletableFuture<ProbeOutcome<T>> answer) {
    return answer
        .copy()
        .completeOnTimeout(new TimedOut<>(), STEP.toMillis(), TimeUnit.MILLISECONDS);
  }
}
