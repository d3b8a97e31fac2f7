package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Notices on their way out. A claim is committed before a byte leaves and carries a lease; its
 * outcome is accepted only for the attempt that was claimed, so that a sender which was taken for
 * dead cannot undo what another did.
 */
public final class OutboxClaims {

  /** Due, and nothing of the same lane before it is unfinished. */
  private static final String CLAIMABLE =
      """
      SELECT o.* FROM outbox o
      WHERE o.receiver = :receiver AND o.state IN ('PENDING', 'PARKED')
        AND o.due_at_micros <= :now
        AND NOT EXISTS (SELECT 1 FROM outbox e
          WHERE e.incident_id = o.incident_id AND e.receiver = o.receiver AND e.seq < o.seq
            AND e.state IN ('PENDING', 'SENDING', 'PARKED'))
      ORDER BY o.due_at_micros, o.seq LIMIT :limit FOR UPDATE SKIP LOCKED
      """;

  /**
   * Rounds of cancelling in one claim. After downtime thousands of notices may be over; they must
   * not cost a sender's turn each, nor may one transaction take them all.
   */
  private static final int MAX_ROUNDS = 100;

  private final Handle handle;

  OutboxClaims(Handle handle) {
    this.handle = handle;
  }

  /**
   * Claims notices of one receiver that are due; cancels those that nobody needs any more.
   *
   * @param lease how long an attempt may take; after it the notice may be claimed again
   */
  public List<Notification> claim(String receiver, Instant now, Duration lease, int limit) {
    List<Notification> claimed = new ArrayList<>();
    boolean more = true;
    for (int round = 0; more && claimed.isEmpty() && round < MAX_ROUNDS; round++) {
      List<Notification> due = due(receiver, now, limit);
      claimOrCancel(due, now, lease, claimed);
      more = !due.isEmpty();
    }
    return claimed;
  }

  private List<Notification> due(String receiver, Instant now, int limit) {
    return handle
        .createQuery(CLAIMABLE)
        .bind("receiver", receiver)
        .bind("now", Micros.of(now))
        .bind("limit", limit)
        .map((row, context) -> Outbox.notification(row))
        .list();
  }

  private void claimOrCancel(
      List<Notification> due, Instant now, Duration lease, List<Notification> claimed) {
    for (Notification notification : due) {
      if (needed(notification)) {
        lease(notification.id(), now.plus(lease));
        claimed.add(read(notification.id()));
      } else {
        cancel(notification.id(), now);
      }
    }
  }

  /**
   * Writes how an attempt ended.
   *
   * @return false when the attempt is not the claimed one any more: nothing was written
   */
  public boolean finish(String id, int attempt, Outcome outcome, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE outbox SET state = :state, due_at_micros = :due, lease_until_micros = NULL,
                  minimal = :minimal, maybe_delivered = (maybe_delivered OR :maybe),
                  finished_at_micros = :finished, last_detail = :detail
                WHERE id = :id AND attempts = :attempt AND state = 'SENDING'
                """)
            .bind("id", id)
            .bind("attempt", attempt)
            .bind("state", outcome.state().name())
            .bind("due", Micros.of(outcome.dueAt()))
            .bind("minimal", outcome.minimal())
            .bind("maybe", outcome.maybeDelivered())
            .bind("finished", outcome.state().isFinal() ? Micros.ofNullable(now) : null)
            .bind("detail", Cut.toNullable(outcome.detail(), 2000))
            .execute()
        == 1;
  }

  /**
   * Takes back claims whose lease is over: their sender died or hangs, and whether the receiver got
   * them is not known.
   *
   * @return how many
   */
  public int reap(Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE outbox SET state = 'PENDING', due_at_micros = :now, lease_until_micros = NULL,
              maybe_delivered = TRUE, last_detail = 'the sender died; possible repeat'
            WHERE state = 'SENDING' AND lease_until_micros <= :now
            """)
        .bind("now", Micros.of(now))
        .execute();
  }

  /** Makes parked notices due now, as after a change of configuration. */
  public int unpark(String receiver, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE outbox SET due_at_micros = :now WHERE state = 'PARKED' AND receiver = :receiver
            """)
        .bind("receiver", receiver)
        .bind("now", Micros.of(now))
        .execute();
  }

  /**
   * A notice of a problem that is over already is not needed unless it was begun, and the end of a
   * problem is news only to who may have heard of it since its last end.
   */
  private boolean needed(Notification notification) {
    if (notification.attempts() > 0) {
      return true;
    }
    if (notification.kind() == NoticeKind.RESOLVE) {
      return toldSinceLastResolve(notification);
    }
    boolean over =
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM outbox o JOIN outbox r
                      ON r.incident_id = o.incident_id AND r.receiver = o.receiver
                      AND r.seq > o.seq AND r.kind = 'RESOLVE'
                    WHERE o.id = :id
                    """)
                .bind("id", notification.id())
                .mapTo(Long.class)
                .one()
            > 0;
    return !over;
  }

  private boolean toldSinceLastResolve(Notification resolve) {
    return handle
            .createQuery(
                """
                SELECT COUNT(*) FROM outbox o JOIN outbox t
                  ON t.incident_id = o.incident_id AND t.receiver = o.receiver
                  AND t.seq < o.seq AND t.kind = 'TRIGGER'
                  AND (t.state = 'SENT' OR t.maybe_delivered)
                WHERE o.id = :id AND NOT EXISTS (SELECT 1 FROM outbox r
                  WHERE r.incident_id = o.incident_id AND r.receiver = o.receiver
                    AND r.kind = 'RESOLVE' AND r.state = 'SENT'
                    AND r.seq > t.seq AND r.seq < o.seq)
                """)
            .bind("id", resolve.id())
            .mapTo(Long.class)
            .one()
        > 0;
  }

  private void lease(String id, Instant until) {
    handle
        .createUpdate(
            """
            UPDATE outbox SET state = 'SENDING', attempts = attempts + 1,
              lease_until_micros = :until
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("until", Micros.of(until))
        .execute();
  }

  private void cancel(String id, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE outbox SET state = 'CANCELLED', finished_at_micros = :now,
              last_detail = 'over before the receiver was told'
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("now", Micros.of(now))
        .execute();
  }

  private Notification read(String id) {
    return handle
        .createQuery("SELECT * FROM outbox WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> Outbox.notification(row))
        .one();
  }

  /**
   * How an attempt ended.
   *
   * @param state final, or PENDING or PARKED for another attempt
   * @param dueAt when the next attempt is due; of no meaning when the state is final
   * @param minimal send only the least from now on
   * @param maybeDelivered the receiver may have it though it did not say so
   * @param detail for people, without secrets; null for nothing to say
   */
  public record Outcome(
      NotificationState state,
      Instant dueAt,
      boolean minimal,
      boolean maybeDelivered,
      @Nullable String detail) {}
}
