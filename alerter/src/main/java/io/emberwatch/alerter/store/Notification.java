package io.emberwatch.alerter.store;

import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.schemas.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice to one receiver about one revision of one incident.
 *
 * @param id the same on every attempt, unique by incident, receiver and revision
 * @param reason what happened
 * @param body JSON for receivers that take JSON
 * @param attempts that were begun
 * @param minimal the receiver refused the body, so only the least is sent
 * @param maybeDelivered an attempt ended without an answer
 * @param dueAt when the next attempt is due
 * @param finishedAt when its state became final; null before
 * @param lastDetail how the last attempt ended; null before the first
 */
public record Notification(
    String id,
    String incidentId,
    String receiver,
    NoticeKind kind,
    TimelineKind reason,
    Severity severity,
    String title,
    String body,
    NotificationState state,
    int attempts,
    boolean minimal,
    boolean maybeDelivered,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant finishedAt,
    @Nullable String lastDetail) {}
