package io.emberwatch.alerter;

import io.emberwatch.alerter.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back claims of dead senders and forgets events that the topic has long forgotten. */
final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** The topic of breaches keeps 30 days; what is older cannot come again. */
  private static final Duration INBOX_RETENTION = Duration.ofDays(35);

  private static final Duration PRUNE_INTERVAL = Duration.ofHours(1);

  private final Database database;
  private final Clock clock;
  private Instant pruneAt = Instant.MIN;

  Housekeeping(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Does what is due; there is nothing more to do at once. */
  boolean step() {
    Instant now = clock.instant();
    int reaped = database.transact(session -> session.claims().reap(now));
    if (reaped > 0) {
      LOG.warn("event=leases_reaped notifications={}", reaped);
    }
    if (!now.isBefore(pruneAt)) {
      int pruned =
          database.transact(session -> session.inbox().deleteBefore(now.minus(INBOX_RETENTION)));
      LOG.debug("event=inbox_pruned events={}", pruned);
      pruneAt = now.plus(PRUNE_INTERVAL);
    }
    return false;
  }
}
