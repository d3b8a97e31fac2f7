package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.info.Look;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Sections of INFO that are too dear, or change too little, for every poll. */
final class InfoSectionsProbe implements Probe {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String name;
  private final String section;
  private final Predicate<ServerFacts> has;

  private InfoSectionsProbe(String name, String section, Predicate<ServerFacts> has) {
    this.name = name;
    this.section = section;
    this.has = has;
  }

  /** Calls, time and failures by command: about 1 us of the server for each command it has seen. */
  static Probe commands() {
    return new InfoSectionsProbe(
        "info_commandstats", "commandstats", server -> !server.isSentinel());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration cadence() {
    return MINUTE;
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return has.test(server);
  }

  @Override
  public List<String> grants() {
    return List.of();
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return InfoProbe.sections(exchange, Look.FULL, section)
        .thenApply(outcome -> outcome.map(InfoSectionsProbe::finding));
  }

  private static Finding finding(InfoReply reply) {
    return poll -> reply.addTo(poll.sample());
  }
}
