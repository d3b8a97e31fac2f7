package io.emberwatch.alerter.store;

/** Where a notification is on its way. */
public enum NotificationState {
  /** To be sent when it is due. */
  PENDING,
  /** Claimed; being sent while its lease lasts. */
  SENDING,
  /** The receiver is broken; probed now and then. */
  PARKED,
  /** The receiver has accepted it. */
  SENT,
  /** Given up. */
  DEAD,
  /** Not needed any more: it was over before the receiver was told. */
  CANCELLED;

  /** Whether nothing more will happen to it. */
  public boolean isFinal() {
    return this == SENT || this == DEAD || this == CANCELLED;
  }
}
