package io.emberwatch.collector.probe;

import io.emberwatch.collector.clients.ClientListReader;
import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.target.ClientCensusChoice;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ClientSummary;
import io.emberwatch.schemas.topic.Topics;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * CLIENT LIST, reduced to a census as it arrives. A server with more clients than the target's
 * limit is not asked, and the sample says so: its latency is 0 then.
 */
public final class ClientCensusProbe implements Probe {

  private final Target target;
  private final String collectorId;
  private final ClientCensusChoice choice;

  /** A probe of one target. */
  public ClientCensusProbe(Target target, String collectorId) {
    this.target = target;
    this.collectorId = collectorId;
    this.choice = target.clientCensus();
  }

  @Override
  public String name() {
    return "clients";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return choice.enabled() && !server.isSentinel();
  }

  @Override
  public List<String> grants() {
    return List.of("+client|list");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    if (server.connectedClients().orElse(0) > choice.maxConnected()) {
      Finding skipped = poll -> poll.sample().setClientSummary(skipped());
      return CompletableFuture.completedFuture(new Answered<>(skipped, 0));
    }
    return exchange
        .bytes(CommandType.CLIENT, "LIST")
        .thenApply(outcome -> outcome.map(reply -> finding(reply)));
  }

  private Finding finding(byte[] reply) {
    ClientCensus census = ClientListReader.read(reply, choice.top());
    return poll -> add(census, poll);
  }

  private void add(ClientCensus census, PollDraft poll) {
    census.setInstanceId(target.instanceId());
    census.setFleet(target.fleet());
    census.setGroup(target.group());
    census.setLabels(target.labels());
    census.setCollectorId(collectorId);
    census.setRunId(poll.server().runId().orElse(null));
    census.setTakenAt(poll.sample().getSampledAt());
    poll.emit(Topics.CLIENTS, census);
    poll.sample().setClientSummary(summary(census));
  }

  private ClientSummary skipped() {
    ClientSummary summary = new ClientSummary();
    summary.setTaken(false);
    summary.setMaxConnected(choice.maxConnected());
    return summary;
  }

  private ClientSummary summary(ClientCensus census) {
    ClientSummary summary = new ClientSummary();
    summary.setTaken(true);
    summary.setMaxConnected(choice.maxConnected());
    summary.setClients(census.getClients());
    summary.setOwnClients(census.getOwnClients());
    summary.setIdleClients(census.getIdleClients());
    summary.setIdleHourClients(census.getIdleHourClients());
    summary.setUnnamedClients(census.getUnnamedClients());
    return summary;
  }
}
