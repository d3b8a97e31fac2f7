package io.emberwatch.alerter.incident;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IncidentLawsTest {

  private static final Instant T0 = Instant.parse("2026-01-05T10:00:00Z");

  @Property(tries = 300)
  void convergesWhateverTheOrderAndTheCopies(
      @ForAll("histories") List<BreachEvent> events, @ForAll long seed) {
    List<BreachEvent> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, new Random(seed));

    World straight = new World();
    events.forEach(straight::take);
    World mixed = new World();
    shuffled.forEach(mixed::take);

    assertThat(mixed.firing()).isEqualTo(straight.firing());
  }

  @Property(tries = 300)
  void tellsTheEndToEverybodyWhoWasTold(@ForAll("histories") List<BreachEvent> events) {
    World world = new World();
    events.forEach(world::take);
    world.resolveEverything();

    assertThat(world.told).isSubsetOf(world.toldTheEnd);
    assertThat(world.firing()).isEmpty();
  }

  @Property(tries = 300)
  void neverLowersTheSeverityOfAnIncident(@ForAll("histories") List<BreachEvent> events) {
    World world = new World();
    Map<String, Severity> highest = new HashMap<>();
    for (BreachEvent event : events) {
      world.take(event);
      world.incidents.forEach(
          (id, incident) -> {
            Severity before = highest.put(id, incident.severity());
            assertThat(before == null || incident.severity().compareTo(before) >= 0).isTrue();
          });
    }
  }

  /** Up to 25 events of three problems of one slot, numbered in the order of the list. */
  @Provide
  Arbitrary<List<BreachEvent>> histories() {
    Arbitrary<Breaches> one =
        Combinators.combine(
                Arbitraries.of("memory_high", "evictions", "oom_errors"),
                Arbitraries.of(Transition.class),
                Arbitraries.of(Severity.class),
                Arbitraries.integers().between(1, 3))
            .as(
                (rule, transition, severity, episode) ->
                    breach(rule).transition(transition).severity(severity).episode(episode));
    return one.list()
        .ofMaxSize(25)
        .map(
            list -> {
              List<BreachEvent> events = new ArrayList<>();
              for (int i = 0; i < list.size(); i++) {
                events.add(list.get(i).sequence(i + 1).at(T0.plusSeconds(i)));
              }
              return events;
            });
  }

  /** The machine with the least of memory round it: what the store does, without one. */
  private static final class World {

    private final Map<String, Incident> incidents = new TreeMap<>();
    private final Map<String, Watermark> watermarks = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> toldTheEnd = new HashSet<>();
    private int nextId;
    private final IncidentMachine machine =
        new IncidentMachine(
            new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10)),
            () -> "incident-" + ++nextId);

    void take(BreachEvent event) {
      String fingerprint = event.problem().fingerprint();
      Watermark watermark = watermarks.get(fingerprint);
      if (watermark != null && watermark.covers(event.order())) {
        return;
      }
      String holderId = watermark == null ? null : watermark.incidentId();
      Incident holder = holderId == null ? null : incidents.get(holderId);
      Incident open = incidents.values().stream().filter(Incident::open).findFirst().orElse(null);
      Incident latest = incidents.values().stream().reduce((a, b) -> b).orElse(null);
      List<Decision> decisions =
          machine.breach(new Candidates(holder, open, latest), event, event.occurredAt());
      decisions.forEach(this::keep);
      String incidentId =
          decisions.isEmpty() ? holderId : decisions.get(decisions.size() - 1).incident().id();
      watermarks.put(fingerprint, new Watermark(fingerprint, event.order(), incidentId));
    }

    void resolveEverything() {
      for (String rule : List.of("memory_high", "evictions", "oom_errors")) {
        take(breach(rule).resolved().epoch(2).at(T0.plusSeconds(600)));
      }
    }

    Map<String, Severity> firing() {
      Map<String, Severity> firing = new TreeMap<>();
      for (Incident incident : incidents.values()) {
        for (Alert alert : incident.activeAlerts()) {
          Severity twice = firing.put(alert.problem().fingerprint(), alert.severity());
          assertThat(twice).as("a problem is active in one incident").isNull();
        }
      }
      return firing;
    }

    private void keep(Decision decision) {
      incidents.put(decision.incident().id(), decision.incident());
      for (Effect effect : decision.effects()) {
        if (effect instanceof Effect.Notify notify) {
          String id = decision.incident().id();
          if (notify.kind() == NoticeKind.TRIGGER) {
            told.add(id);
            toldTheEnd.remove(id);
          } else if (notify.kind() == NoticeKind.RESOLVE) {
            toldTheEnd.add(id);
          }
        }
      }
    }
  }
}
