package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.security.AclLogCursor;
import io.emberwatch.collector.security.AclLogEntry;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.AclDenial;
import io.emberwatch.schemas.AclLogSummary;
import io.emberwatch.schemas.ClientFacts;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.SecurityEventKind;
import io.emberwatch.schemas.topic.Topics;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** ACL LOG since the last look; never RESET, which would take the entries from everyone else. */
public final class AclLogProbe implements Probe {

  /** acllog-max-len, unless configured otherwise. */
  private static final String COUNT = "128";

  /** Reasons whose object is a command; of all others it is data, or could be. */
  private static final Set<String> COMMAND_REASONS = Set.of("auth", "command");

  private final Target target;
  private final SecurityEvents events;
  private AclLogCursor cursor = AclLogCursor.START;

  /** A probe of one target that has not looked yet. */
  public AclLogProbe(Target target, String collectorId) {
    this.target = target;
    this.events = new SecurityEvents(target, collectorId);
  }

  @Override
  public String name() {
    return "acl_log";
  }

  @Override
  public Duration cadence() {
    return Duration.ofSeconds(30);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(6, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+acl|log");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.ACL, "LOG", COUNT)
        .thenApply(outcome -> outcome.map(reply -> poll -> read(reply, poll)));
  }

  @Override
  public void restarted() {
    cursor = cursor.restarted();
  }

  private void read(List<Object> reply, PollDraft poll) {
    AclLogCursor.Look look = cursor.look(reply);
    cursor = look.next();
    long denials = look.grown().stream().mapToLong(AclLogCursor.Growth::denials).sum();
    poll.sample().setAclLog(new AclLogSummary(look.lastId(), denials, look.lost()));
    long lost = look.lost() == null ? 0 : look.lost();
    for (AclLogCursor.Growth growth : look.grown()) {
      SecurityEvent event = events.of(SecurityEventKind.ACL_DENIED, poll);
      event.setDenial(denial(growth, lost));
      poll.emit(Topics.SECURITY_EVENTS, event);
      lost = 0;
    }
  }

  private AclDenial denial(AclLogCursor.Growth growth, long lost) {
    AclLogEntry entry = growth.entry();
    AclLogEntry.Content content = entry.content();
    AclDenial denial = new AclDenial();
    denial.setReason(content.reason());
    denial.setContext(content.context());
    boolean mayTell = COMMAND_REASONS.contains(content.reason()) || target.keyNamesAllowed();
    denial.setObject(mayTell ? content.object() : null);
    denial.setUsername(content.username());
    denial.setClientAddress(entry.client().map(ClientFacts::getAddress).orElse(null));
    denial.setClientName(
        entry.client().map(ClientFacts::getName).filter(name -> !name.isEmpty()).orElse(null));
    denial.setClientUser(entry.client().map(ClientFacts::getUser).orElse(null));
    denial.setNewCount(growth.denials());
    denial.setTotalCount(entry.count());
    denial.setEntryId(entry.id());
    denial.setCreatedAt(time(entry.createdMillis()));
    denial.setLastDeniedAt(time(entry.updatedMillis()));
    denial.setAgeSeconds(entry.ageSeconds());
    denial.setEntriesLost(lost);
    return denial;
  }

  /** A time that Avro cannot write in microseconds is no time. */
  private static @Nullable Instant time(@Nullable Long millis) {
    return millis == null || Math.abs(millis) > Long.MAX_VALUE / 1_000_000
        ? null
        : Instant.ofEpochMilli(millis);
  }
}
