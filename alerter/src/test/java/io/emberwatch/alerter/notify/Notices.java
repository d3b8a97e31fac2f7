package io.emberwatch.alerter.notify;

import io.emberwatch.alerter.incident.NoticeKind;
import io.emberwatch.alerter.incident.TimelineKind;
import io.emberwatch.alerter.store.Notification;
import io.emberwatch.alerter.store.NotificationState;
import io.emberwatch.schemas.Severity;
import java.time.Instant;

/** Claimed notices with sane defaults. */
final class Notices {

  static final Instant T0 = Instant.parse("2026-01-05T10:00:00Z");

  private Notices() {}

  static Notification notice(String title) {
    return new Notification(
        "incident-1_2_hook",
        "incident-1",
        "hook",
        NoticeKind.TRIGGER,
        TimelineKind.TRIGGERED,
        Severity.WARNING,
        title,
        "{\"type\":\"incident.triggered\"}",
        NotificationState.SENDING,
        1,
        false,
        false,
        T0,
        T0,
        null,
        null);
  }
}
