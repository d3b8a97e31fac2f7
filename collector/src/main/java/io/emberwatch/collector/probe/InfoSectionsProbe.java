package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.info.Look;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Sections of INFO that are too dear, or change too little, for every poll. What of them the schema
 * does not know is in {@code extra} of the sample.
 */
final class InfoSectionsProbe implements Probe {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String section;
  private final Duration cadence;
  private final Predicate<ServerFacts> has;

  private InfoSectionsProbe(String section, Duration cadence, Predicate<ServerFacts> has) {
    this.section = section;
    this.cadence = cadence;
    this.has = has;
  }

  /** All of them. */
  static List<Probe> all() {
    return List.of(
        // About 1 us of the server for each command it has seen.
        new InfoSectionsProbe("commandstats", MINUTE, server -> true),
        // Two thirds of the time of INFO all: about 5 us for each command.
        new InfoSectionsProbe(
            "latencystats", Duration.ofMinutes(5), server -> server.speaksRedis(7, 0)),
        new InfoSectionsProbe("debug", MINUTE, server -> server.speaksRedis(7, 2)),
        new InfoSectionsProbe("keysizes", MINUTE, server -> server.isRedis(8, 0)),
        new InfoSectionsProbe("threads", MINUTE, server -> server.isRedis(8, 0)),
        new InfoSectionsProbe("hotkeys", MINUTE, server -> server.isRedis(8, 6)));
  }

  @Override
  public String name() {
    return "info_" + section;
  }

  @Override
  public Duration cadence() {
    return cadence;
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && has.test(server);
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
