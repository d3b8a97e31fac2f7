package io.emberwatch.local.demo;

import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Transition;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Breaks the demo's servers one fault after another and follows each: fault, breach, incident,
 * notification, healing, end. A fault that does not come to the right incident is told and the next
 * one is tried.
 */
final class Demo {

  /** Longest wait for one step; a good run needs seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Types of webhook messages. */
  private static final String TRIGGERED = "incident.triggered";

  private static final String RESOLVED = "incident.resolved";

  private final DemoRedis servers;
  private final TopicWatch topics;
  private final WebhookInbox inbox;
  private final PrintWriter out;
  private final Clock clock;

  Demo(DemoRedis servers, TopicWatch topics, WebhookInbox inbox, PrintWriter out, Clock clock) {
    this.servers = servers;
    this.topics = topics;
    this.inbox = inbox;
    this.out = out;
    this.clock = clock;
  }

  /** Runs all faults in order. */
  List<FaultRun> run(List<Fault> faults) throws IOException, InterruptedException {
    List<FaultRun> runs = new ArrayList<>();
    for (Fault fault : faults) {
      say("%n[%d/%d] %s: %s", runs.size() + 1, faults.size(), fault.name(), fault.story());
      runs.add(run(fault));
      awaitCalm();
    }
    return runs;
  }

  private FaultRun run(Fault fault) throws IOException, InterruptedException {
    Instant begin = clock.instant();
    Fault.Injection injection = fault.injector().inject(servers);
    Detection detection;
    Instant healed;
    try {
      detection = detect(fault, begin);
    } finally {
      healed = clock.instant();
      injection.close();
    }
    if (detection.incident().isEmpty()) {
      return new FaultRun(fault, detection.breach(), null, null, null, null);
    }
    Seen<Incident> incident = detection.incident().get();
    say("          healed");
    Duration resolved = awaitResolved(incident.what(), healed);
    Duration told = resolved == null ? null : awaitNotice(incident.what(), healed, RESOLVED);
    return new FaultRun(
        fault,
        detection.breach(),
        since(begin, incident.at()),
        detection.notified(),
        resolved,
        told);
  }

  /** What was made of a fault while it was there; each is missing when it did not come in time. */
  private record Detection(
      @Nullable Duration breach, Optional<Seen<Incident>> incident, @Nullable Duration notified) {}

  private Detection detect(Fault fault, Instant begin) throws InterruptedException {
    Duration breach = awaitBreach(fault, begin);
    if (breach == null) {
      return new Detection(null, Optional.empty(), null);
    }
    Optional<Seen<Incident>> incident = awaitIncident(fault, begin);
    Duration notified =
        incident.isEmpty() ? null : awaitNotice(incident.get().what(), begin, TRIGGERED);
    return new Detection(breach, incident, notified);
  }

  private @Nullable Duration awaitBreach(Fault fault, Instant begin) throws InterruptedException {
    return topics
        .breaches()
        .await(
            begin,
            breach ->
                breach.getTransition() == Transition.FIRING
                    && fault.rules().contains(breach.getRuleId()),
            PATIENCE)
        .map(
            seen -> {
              Duration after = since(begin, seen.at());
              say("%s breach: %s", mark(after), seen.what().getSummary());
              return after;
            })
        .orElse(null);
  }

  private Optional<Seen<Incident>> awaitIncident(Fault fault, Instant begin)
      throws InterruptedException {
    Optional<Seen<Incident>> found =
        topics
            .incidents()
            .await(begin, incident -> isTold(incident) && fits(fault, incident), PATIENCE);
    found.ifPresent(
        seen ->
            say(
                "%s incident, class %s, %s: %s",
                mark(since(begin, seen.at())),
                lower(seen.what().getCause()),
                lower(seen.what().getSeverity()),
                seen.what().getTitle()));
    return found;
  }

  private static boolean isTold(Incident incident) {
    return incident.getStatus() == IncidentStatus.TRIGGERED;
  }

  private static boolean fits(Fault fault, Incident incident) {
    return incident.getCause() == fault.cause()
        && incident.getAlerts().stream()
            .anyMatch(alert -> alert.getFiring() && fault.rules().contains(alert.getRuleId()));
  }

  private @Nullable Duration awaitNotice(Incident incident, Instant begin, String type)
      throws InterruptedException {
    return inbox
        .messages()
        .await(
            begin,
            message ->
                message.body().path("type").asText().equals(type)
                    && message
                        .body()
                        .path("data")
                        .path("incident")
                        .path("id")
                        .asText()
                        .equals(incident.getIncidentId()),
            PATIENCE)
        .map(
            seen -> {
              Duration after = since(begin, seen.at());
              say("%s webhook received: %s", mark(after), type);
              return after;
            })
        .orElse(null);
  }

  private @Nullable Duration awaitResolved(Incident incident, Instant healed)
      throws InterruptedException {
    return topics
        .incidents()
        .await(
            healed,
            later ->
                later.getIncidentId().equals(incident.getIncidentId())
                    && later.getStatus() == IncidentStatus.RESOLVED,
            PATIENCE)
        .map(
            seen -> {
              Duration after = since(healed, seen.at());
              say("%s resolved", mark(after));
              return after;
            })
        .orElse(null);
  }

  /** Waits until no incident is open, so that the next fault is not mistaken for this one. */
  private void awaitCalm() throws InterruptedException {
    for (String open : openIncidents()) {
      topics
          .incidents()
          .await(
              Instant.EPOCH,
              later ->
                  later.getIncidentId().equals(open)
                      && later.getStatus() == IncidentStatus.RESOLVED,
              PATIENCE);
    }
  }

  private Set<String> openIncidents() {
    List<Seen<Incident>> all = topics.incidents().all();
    Set<String> open =
        all.stream().map(seen -> seen.what().getIncidentId()).collect(Collectors.toSet());
    all.stream()
        .map(Seen::what)
        .filter(incident -> incident.getStatus() == IncidentStatus.RESOLVED)
        .forEach(incident -> open.remove(incident.getIncidentId()));
    return open;
  }

  private static Duration since(Instant begin, Instant end) {
    return Duration.between(begin, end);
  }

  private static String mark(Duration after) {
    return String.format(Locale.ROOT, "%9s", "+" + FaultTable.seconds(after));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void say(String format, Object... figures) {
    out.println(String.format(Locale.ROOT, format, figures));
    out.flush();
  }
}
