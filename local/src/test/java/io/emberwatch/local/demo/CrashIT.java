package io.emberwatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emberwatch.local.demo.HookRecorder.Arrival;
import io.emberwatch.local.pipeline.Program;
import io.emberwatch.local.pipeline.SplitPipeline;
import io.emberwatch.local.pipeline.TargetsDocument;
import io.emberwatch.local.pipeline.TopicTail;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Incident;
import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.Transition;
import io.emberwatch.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills each process of a split pipeline with SIGKILL while real faults come and go, and counts
 * what the webhook receiver gets: every incident once, and its end once. A repeated delivery is
 * allowed under the same webhook id only.
 */
class CrashIT {

  private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration CALM = Duration.ofSeconds(3);
  private static final String TRIGGERED = "incident.triggered";
  private static final String RESOLVED = "incident.resolved";

  /** Rules wait 2.4 to 6 s: long enough for a kill while they wait. */
  private static final String RULES = "time-scale: 0.02\n";

  @TempDir private static Path folder;
  private static DemoRedis servers;
  private static HookRecorder hooks;
  private static SplitPipeline pipeline;
  private static TopicWatch topics;

  private final List<String> figures = new ArrayList<>();
  private final List<Fault.Injection> injections = new ArrayList<>();
  private Instant begin = Instant.now();

  @BeforeAll
  static void start() throws Exception {
    servers = DemoRedis.start();
    hooks = HookRecorder.start();
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    pipeline =
        SplitPipeline.start(
            folder.resolve("state"),
            new TargetsDocument("demo", "store", Duration.ofSeconds(1), servers.addresses()),
            Map.of(
                "processor",
                List.of("rules.file=" + rules),
                "alerter",
                List.of(
                    "incidents.group-wait=0s",
                    "incidents.resolve-hold=1s",
                    // A fault that fires anew after a crash must show as a second incident.
                    "incidents.reopen-window=0s",
                    "receivers={hook: {type: webhook, url: \""
                        + hooks.uri()
                        + "\", deadline: 2s}}")));
    topics = TopicWatch.start(pipeline.clients(), pipeline.schemas(), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    try (DemoRedis closedLast = servers;
        HookRecorder closedThird = hooks;
        SplitPipeline closedSecond = pipeline;
        TopicWatch closedFirst = topics) {
      LOG.debug("closing {} {} {} {}", closedFirst, closedSecond, closedThird, closedLast);
    }
  }

  @BeforeEach
  void markBegin() {
    begin = Instant.now();
  }

  /** Heals what a failed test has left broken. */
  @AfterEach
  void heal() throws Exception {
    hooks.release();
    for (Fault.Injection injection : injections) {
      injection.close();
    }
    pipeline.restartDead();
  }

  @Test
  void aKilledProcessorNeitherForgetsAPendingBreachNorRepeatsAFiringOne() throws Exception {
    Fault fault = fault("memory fill");
    Fault.Injection injection = injectAndAwait(fault, CrashIT::isFull);
    pipeline.processor().kill();
    String phase = phase(fault);
    Instant restart = restart(pipeline.processor());
    Instant told = awaitTold(fault, TRIGGERED);
    figure("processor killed while " + phase, restart, told);

    pipeline.processor().kill();
    restart = restart(pipeline.processor());
    pipeline.processor().awaitReady();
    injection.close();
    figure("processor killed while firing, healed", restart, awaitTold(fault, RESOLVED));

    assertToldOnceAndEndedOnce(fault);
  }

  @Test
  void aKilledAlerterLosesNoBreachAndRepeatsNoNoticeUnderAnotherId() throws Exception {
    Fault flood = fault("connection flood");
    pipeline.alerter().kill();
    Fault.Injection injection = inject(flood);
    awaitBreach(flood);
    Instant restart = restart(pipeline.alerter());
    figure("alerter away at the breach", restart, awaitTold(flood, TRIGGERED));

    hooks.hold();
    injection.close();
    String unanswered = awaitArrival(flood, RESOLVED).what().webhookId();
    pipeline.alerter().kill();
    hooks.release();
    restart = restart(pipeline.alerter());
    await().atMost(PATIENCE).until(() -> copies(unanswered).size() >= 2);
    figure("alerter killed before the answer", restart, copies(unanswered).get(1).at());

    Fault cut = fault("replica link cut");
    injection = inject(cut);
    awaitBreach(cut);
    pipeline.alerter().kill();
    restart = restart(pipeline.alerter());
    figure("alerter killed at the breach", restart, awaitTold(cut, TRIGGERED));
    injection.close();
    awaitTold(cut, RESOLVED);

    assertToldOnceAndEndedOnce(flood, cut);
  }

  @Test
  void aKilledBrokerLosesNothingOfAFaultThatItDidNotSeeBeginOrEnd() throws Exception {
    Fault fault = fault("memory fill");
    Fault.Injection injection = injectAndAwait(fault, CrashIT::isFull);
    pipeline.broker().kill();
    String phase = phase(fault);
    Instant restart = restart(pipeline.broker());
    figure("broker killed while " + phase, restart, awaitTold(fault, TRIGGERED));

    pipeline.broker().kill();
    injection.close();
    restart = restart(pipeline.broker());
    figure("broker killed while firing, healed", restart, awaitTold(fault, RESOLVED));

    assertToldOnceAndEndedOnce(fault);
  }

  private static Fault fault(String name) {
    return Faults.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isFull(Signals signals) {
    return signals.getMemUtil() != null && signals.getMemUtil() > 0.85;
  }

  private Fault.Injection inject(Fault fault) throws Exception {
    Fault.Injection injection = fault.injector().inject(servers);
    injections.add(injection);
    return injection;
  }

  /** Returns once the processor has judged a sample that shows the fault. */
  private Fault.Injection injectAndAwait(Fault fault, Predicate<Signals> shows) throws Exception {
    try (TopicTail<Signals> signals =
        TopicTail.fromNow(Topics.SIGNALS, pipeline.clients(), pipeline.schemas())) {
      Fault.Injection injection = inject(fault);
      assertThat(signals.await(shows, PATIENCE))
          .as(() -> "signals of " + fault.name() + diagnosis())
          .isPresent();
      return injection;
    }
  }

  private static Instant restart(Program program) {
    Instant now = Instant.now();
    program.start();
    return now;
  }

  private void figure(String what, Instant restart, Instant told) {
    long millis = Duration.between(restart, told).toMillis();
    figures.add(String.format("%s %.1f s", what, millis / 1000.0));
  }

  /** Its rule waits for seconds, but a machine under load may be slower. */
  private String phase(Fault fault) {
    boolean fired =
        topics.breaches().all().stream()
            .anyMatch(seen -> seen.at().isAfter(begin) && is(seen.what(), fault));
    return fired ? "firing" : "pending";
  }

  private static boolean is(Breach breach, Fault fault) {
    return breach.getTransition() == Transition.FIRING
        && fault.rules().contains(breach.getRuleId());
  }

  private void awaitBreach(Fault fault) throws InterruptedException {
    assertThat(topics.breaches().await(begin, breach -> is(breach, fault), PATIENCE))
        .as(() -> "breach of " + fault.name() + diagnosis())
        .isPresent();
  }

  private Instant awaitTold(Fault fault, String type) throws InterruptedException {
    return awaitArrival(fault, type).at();
  }

  private Seen<Arrival> awaitArrival(Fault fault, String type) throws InterruptedException {
    return hooks
        .arrivals()
        .await(begin, arrival -> isOf(arrival, fault, type), PATIENCE)
        .orElseThrow(() -> new AssertionError("no " + type + " of " + fault.name() + diagnosis()));
  }

  private static boolean isOf(Arrival arrival, Fault fault, String type) {
    return arrival.type().equals(type) && !Collections.disjoint(arrival.rules(), fault.rules());
  }

  private List<Seen<Arrival>> copies(String webhookId) {
    return hooks.arrivals().all().stream()
        .filter(seen -> seen.what().webhookId().equals(webhookId))
        .toList();
  }

  /**
   * Holds for every incident since the test's begin, whatever rule it is of; and each fault has
   * exactly one.
   */
  private void assertToldOnceAndEndedOnce(Fault... faults) throws Exception {
    awaitCalm();
    List<Arrival> all = arrivals();
    Map<String, Arrival> distinct = new LinkedHashMap<>();
    for (Arrival arrival : all) {
      Arrival first = distinct.putIfAbsent(arrival.webhookId(), arrival);
      assertThat(first == null ? arrival : first).as("one id, one notice").isEqualTo(arrival);
    }
    Map<String, List<String>> typesOfIncident =
        distinct.values().stream()
            .collect(
                Collectors.groupingBy(
                    Arrival::incidentId,
                    LinkedHashMap::new,
                    Collectors.mapping(Arrival::type, Collectors.toList())));
    assertThat(typesOfIncident)
        .as(this::diagnosis)
        .allSatisfy(
            (id, types) -> {
              assertThat(types).startsWith(TRIGGERED).endsWith(RESOLVED);
              assertThat(types).containsOnlyOnce(TRIGGERED).containsOnlyOnce(RESOLVED);
            });
    for (Fault fault : faults) {
      assertThat(distinct.values().stream().filter(notice -> isOf(notice, fault, TRIGGERED)))
          .as(() -> "incidents of " + fault.name() + diagnosis())
          .hasSize(1);
    }
    assertThat(typesOfIncident.keySet())
        .as("incidents on the topic")
        .isEqualTo(statusOfIncidents().keySet());
    for (String id : resolvedIncidentsOfRest()) {
      assertThat(typesOfIncident).as(() -> "untold incident " + file(id)).containsKey(id);
    }
    assertThat(resolvedIncidentsOfRest())
        .as("incidents of REST")
        .containsAll(typesOfIncident.keySet());
    assertThat(pipeline.services()).as("outlive the others' death").allMatch(Program::isAlive);
    LOG.info(
        "event=crash_survived incidents={} notices={} repeats={} restart_to_notice=\"{}\"",
        typesOfIncident.size(),
        distinct.size(),
        all.size() - distinct.size(),
        figures);
  }

  /** Nothing is open, and nothing has arrived for a while. */
  private void awaitCalm() {
    await(diagnosis())
        .atMost(PATIENCE)
        .during(CALM)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              Map<String, IncidentStatus> status = statusOfIncidents();
              Set<String> ended =
                  arrivals().stream()
                      .filter(arrival -> arrival.type().equals(RESOLVED))
                      .map(Arrival::incidentId)
                      .collect(Collectors.toSet());
              return status.keySet().equals(ended)
                  && Set.of(IncidentStatus.RESOLVED).containsAll(status.values());
            });
  }

  private List<Arrival> arrivals() {
    return hooks.arrivals().all().stream()
        .filter(seen -> !seen.at().isBefore(begin))
        .map(Seen::what)
        .toList();
  }

  /** Newest status on the topic by incident. */
  private Map<String, IncidentStatus> statusOfIncidents() {
    Map<String, IncidentStatus> status = new LinkedHashMap<>();
    for (Seen<Incident> seen : topics.incidents().all()) {
      if (!seen.at().isBefore(begin)) {
        status.put(seen.what().getIncidentId(), seen.what().getStatus());
      }
    }
    return status;
  }

  private Set<String> resolvedIncidentsOfRest() throws Exception {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode incident : rest("?status=resolved&limit=100").path("incidents")) {
      if (!Instant.parse(incident.path("opened_at").asText()).isBefore(begin)) {
        ids.add(incident.path("id").asText());
      }
    }
    return ids;
  }

  private static JsonNode rest(String rest) throws Exception {
    URI uri = URI.create(pipeline.pageUrl() + "/api/v1/incidents" + rest);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static String file(String id) {
    try {
      return rest("/" + id).toPrettyString();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String diagnosis() {
    return String.format(
        "%nfigures:%s%narrivals: %s%nincidents: %s%n%s%n%s",
        figures,
        arrivals(),
        statusOfIncidents(),
        pipeline.services().stream().map(Program::outputTail).collect(Collectors.joining("\n")),
        pipeline.broker().outputTail());
  }
}
