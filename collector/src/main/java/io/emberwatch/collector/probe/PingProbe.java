package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.CompletableFuture;

/**
 * PING: the shortest round trip, and the state of a server that refuses commands. One a poll: it is
 * written with INFO, so the server wakes up once for both (0.3 us of work, 13 to 83 us of wake-up),
 * and more of them in the same write would be answered by the same wake-up and tell the same.
 */
public final class PingProbe {

  /** Name in {@code probe_latency_usec} and {@code refused_probes}. */
  public static final String NAME = "ping";

  private PingProbe() {}

  /** Completes with PONG, or whatever else was said. */
  public static CompletableFuture<ProbeOutcome<byte[]>> run(Exchange exchange) {
    return exchange.bytes(CommandType.PING);
  }
}
