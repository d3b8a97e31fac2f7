package io.emberwatch.collector.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import java.util.List;
import java.util.Optional;
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

  /** A poll on the fast cadence whose probes are all done. */
  static PollAnswers fast(ProbeOutcome<byte[]> ping, ProbeOutcome<InfoReply> info) {
    return new PollAnswers(
        done(ping), done(info), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with an answer to SLOWLOG GET. */
  static PollAnswers withSlowlog(PollAnswers answers, ProbeOutcome<List<Object>> slowlog) {
    return new PollAnswers(
        answers.ping(),
        answers.info(),
        Optional.empty(),
        Optional.of(done(slowlog)),
        Optional.empty());
  }

  static <T> CompletableFuture<ProbeOutcome<T>> done(ProbeOutcome<T> outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
