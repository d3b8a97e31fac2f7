package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.info.Look;
import io.emberwatch.collector.probe.InfoProbe;
import io.emberwatch.collector.probe.PingProbe;
import io.emberwatch.collector.probe.ServerFacts;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** PING and INFO of one poll under way: what every poll asks, and what decides on its state. */
record CoreAnswers(
    CompletableFuture<ProbeOutcome<byte[]>> ping, CompletableFuture<ProbeOutcome<InfoReply>> info) {

  static CoreAnswers ask(Exchange exchange, ServerFacts server, Look look) {
    return new CoreAnswers(PingProbe.run(exchange), InfoProbe.run(exchange, server, look));
  }

  List<CompletableFuture<?>> all() {
    return List.of(ping, info);
  }

  /** What they gave so far. */
  CoreOutcome outcome() {
    return new CoreOutcome(Asked.outcome(ping), Asked.outcome(info));
  }
}
