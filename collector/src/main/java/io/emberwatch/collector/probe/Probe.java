package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One source of what a server says, asked on a cadence of its own within a poll. There is one per
 * target. It is used by one poll at a time, and each poll sees what the former wrote, so fields
 * need no lock; but only a {@link Finding} may write them, since an answer can come after its poll
 * was given up.
 */
public interface Probe {

  /** Name in {@code probe_latency_usec} and {@code refused_probes}; lower case with underscores. */
  String name();

  /** Least time between two looks; zero for every poll. */
  Duration cadence();

  /**
   * Whether this server has what is asked for: by engine, version, role and what the target opted
   * in to. Rights are not known here; what is refused is asked again by {@code ProbeSchedule}.
   */
  boolean appliesTo(ServerFacts server);

  /**
   * What an ACL user needs for it, each as ACL SETUSER takes it: {@code +slowlog|get}; empty when
   * the core's rights are enough.
   */
  List<String> grants();

  /**
   * Sends the question, pipelined behind the core's. Completes with what was found, never
   * exceptionally, and on an I/O thread: do not block there.
   */
  CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server);

  /**
   * Whether what the server says of itself calls for a look before its time. Asked of a probe that
   * was answered at its last look.
   */
  default boolean isHinted(ServerFacts server) {
    return false;
  }

  /** Another process answers than before: ids and counters begin anew. */
  default void restarted() {}
}
