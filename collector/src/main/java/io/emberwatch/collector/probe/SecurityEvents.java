package io.emberwatch.collector.probe;

import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.SecurityEvent;
import io.emberwatch.schemas.SecurityEventKind;
import io.emberwatch.schemas.topic.Topics;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes the security events of one target. */
record SecurityEvents(Target target, String collectorId) {

  /** Changes told in one event; the rest is counted. */
  private static final int MAX_CHANGES = 100;

  /** An event of this poll, without its details. */
  SecurityEvent of(SecurityEventKind kind, PollDraft poll) {
    SecurityEvent event = new SecurityEvent();
    event.setInstanceId(target.instanceId());
    event.setFleet(target.fleet());
    event.setGroup(target.group());
    event.setLabels(target.labels());
    event.setCollectorId(collectorId);
    event.setRunId(poll.server().runId().orElse(null));
    event.setObservedAt(poll.sample().getSampledAt());
    event.setKind(kind);
    return event;
  }

  /** Emits one event of all these changes, if there are any. */
  <C> void drift(
      SecurityEventKind kind,
      List<C> changes,
      BiConsumer<SecurityEvent, List<C>> detail,
      PollDraft poll) {
    if (changes.isEmpty()) {
      return;
    }
    SecurityEvent event = of(kind, poll);
    int told = Math.min(changes.size(), MAX_CHANGES);
    detail.accept(event, List.copyOf(changes.subList(0, told)));
    event.setMoreChanges(changes.size() - told);
    poll.emit(Topics.SECURITY_EVENTS, event);
  }
}
