package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.security.AclUsers;
import io.emberwatch.collector.security.Fingerprint;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.SecurityEventKind;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * ACL LIST: who the users are, and who changed since the look before. What was before the
 * collector's start is not known to it. No password or hash of one leaves it.
 */
public final class AclListProbe implements Probe {

  private final SecurityEvents events;
  private final Fingerprint fingerprint = new Fingerprint();
  private @Nullable AclUsers last;

  /** A probe of one target. */
  public AclListProbe(Target target, String collectorId) {
    this.events = new SecurityEvents(target, collectorId);
  }

  @Override
  public String name() {
    return "acl";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(5);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(6, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+acl|list");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(CommandType.ACL, "LIST")
        .thenApply(outcome -> outcome.map(reply -> finding(AclUsers.read(reply, fingerprint))));
  }

  private Finding finding(AclUsers users) {
    return poll -> {
      poll.sample().setAcl(users.summary());
      AclUsers before = last;
      last = users;
      if (before != null) {
        events.drift(
            SecurityEventKind.ACL_CHANGED,
            users.changesSince(before),
            SecurityEvent::setUsers,
            poll);
      }
    };
  }
}
