package io.emberwatch.alerter.incident;

/** What a receiver is told. */
public enum NoticeKind {
  /** There is a problem, or it has become worse: page. */
  TRIGGER,
  /** Something changed; goes only to those who were told of the problem. */
  UPDATE,
  /** It is over; goes to everybody who may have been told of the problem. */
  RESOLVE
}
