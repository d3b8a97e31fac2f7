package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.info.Look;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * INFO's core, with every poll. Named sections where the server takes several (7.0), since INFO
 * without any grows with each release. What is dear or changes little is asked by {@link
 * InfoSectionsProbe}.
 */
public final class InfoProbe {

  /** Name in {@code probe_latency_usec} and {@code refused_probes}. */
  public static final String NAME = "info";

  /** With errorstats, which takes 1 us: an OOM error must not wait for a minute. */
  private static final List<String> CORE =
      List.of(
          "server",
          "clients",
          "memory",
          "persistence",
          "stats",
          "replication",
          "cpu",
          "cluster",
          "keyspace",
          "errorstats");

  private static final List<String> FULL =
      Stream.concat(CORE.stream(), Stream.of("modules")).toList();

  private InfoProbe() {}

  /** Asks for all that the core's sections hold. */
  public static CompletableFuture<ProbeOutcome<InfoReply>> run(
      Exchange exchange, ServerFacts server) {
    return run(exchange, server, Look.FULL);
  }

  /** Asks for the core; of a server that is not known yet, for what it gives unasked. */
  public static CompletableFuture<ProbeOutcome<InfoReply>> run(
      Exchange exchange, ServerFacts server, Look look) {
    return server.isKnown() && server.takesSeveralSections()
        ? sections(exchange, look, (look == Look.CORE ? CORE : FULL).toArray(String[]::new))
        : sections(exchange, look);
  }

  static CompletableFuture<ProbeOutcome<InfoReply>> sections(
      Exchange exchange, Look look, String... sections) {
    return exchange
        .bytes(CommandType.INFO, sections)
        .thenApply(outcome -> outcome.map(reply -> InfoParser.parse(reply, look)));
  }
}
