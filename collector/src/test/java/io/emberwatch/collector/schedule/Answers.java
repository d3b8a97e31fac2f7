package io.emberwatch.collector.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.probe.Finding;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.ServerFacts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Outcomes of probes for tests. */
final class Answers {

  static final String PRIMARY =
      "redis_version:7.0.15\r\nrun_id:a\r\n# Replication\r\nrole:master\r\n";

  private Answers() {}

  static ProbeOutcome<byte[]> pong() {
    return new Answered<>("PONG".getBytes(UTF_8), 100);
  }

  static ProbeOutcome<InfoReply> info(String text) {
    return new Answered<>(InfoParser.parse(("# Server\r\n" + text).getBytes(UTF_8)), 200);
  }

  static <T> ProbeOutcome<T> refused(String message) {
    return new Refused<>(message.split(" ", 2)[0], message);
  }

  static CoreOutcome primary() {
    return new CoreOutcome(pong(), info(PRIMARY));
  }

  /** A probe of servers from 7.0 on that is never sent. */
  static Probe probe(String name, Duration cadence) {
    return new Probe() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Duration cadence() {
        return cadence;
      }

      @Override
      public boolean appliesTo(ServerFacts server) {
        return server.speaksRedis(7, 0);
      }

      @Override
      public List<String> grants() {
        return List.of();
      }

      @Override
      public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
        throw new AssertionError("not to be asked");
      }
    };
  }
}
