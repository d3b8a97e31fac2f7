package io.emberwatch.alerter.store;

import org.jdbi.v3.core.Handle;

/** The tables within one transaction; not to be kept beyond it. */
public final class Session {

  private final Inbox inbox;
  private final ConsumerOffsets offsets;
  private final IncidentTable incidents;
  private final Timeline timeline;
  private final Timers timers;
  private final Outbox outbox;
  private final OutboxClaims claims;
  private final Publications publications;

  Session(Handle handle) {
    this.inbox = new Inbox(handle);
    this.offsets = new ConsumerOffsets(handle);
    this.incidents = new IncidentTable(handle);
    this.timeline = new Timeline(handle);
    this.timers = new Timers(handle);
    this.outbox = new Outbox(handle);
    this.claims = new OutboxClaims(handle);
    this.publications = new Publications(handle);
  }

  public Inbox inbox() {
    return inbox;
  }

  public ConsumerOffsets offsets() {
    return offsets;
  }

  public IncidentTable incidents() {
    return incidents;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Timers timers() {
    return timers;
  }

  public Outbox outbox() {
    return outbox;
  }

  public OutboxClaims claims() {
    return claims;
  }

  public Publications publications() {
    return publications;
  }
}
