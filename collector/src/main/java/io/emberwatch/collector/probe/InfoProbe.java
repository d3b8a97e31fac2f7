package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * INFO. Named sections where the server takes several (7.0), since INFO without any grows with each
 * release. Never latencystats: it takes two thirds of the time of INFO all (188 us of 251 us).
 */
public final class InfoProbe {

  /** Name in {@code probe_latency_usec} and {@code refused_probes}. */
  public static final String NAME = "info";

  /** Name of the second request that servers before 7.0 need for commandstats. */
  public static final String COMMANDS_NAME = "info_commandstats";

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

  private InfoProbe() {}

  /**
   * Asks for the core sections.
   *
   * @param severalSections whether the server takes more than one section name; when that is not
   *     known, false is always right
   * @param withSlowSections also commandstats and modules, if several sections are taken
   */
  public static CompletableFuture<ProbeOutcome<InfoReply>> run(
      Exchange exchange, boolean severalSections, boolean withSlowSections) {
    List<String> sections = new ArrayList<>(severalSections ? CORE : List.of());
    if (severalSections && withSlowSections) {
      sections.add("commandstats");
      sections.add("modules");
    }
    return ask(exchange, sections.toArray(String[]::new));
  }

  /** Asks for commandstats alone. */
  public static CompletableFuture<ProbeOutcome<InfoReply>> runCommands(Exchange exchange) {
    return ask(exchange, "commandstats");
  }

  private static CompletableFuture<ProbeOutcome<InfoReply>> ask(
      Exchange exchange, String... sections) {
    return exchange
        .bytes(CommandType.INFO, sections)
        .thenApply(outcome -> outcome.map(InfoParser::parse));
  }
}
