package io.emberwatch.alerter.incident;

import static io.emberwatch.alerter.incident.Breaches.breach;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.IncidentStatus;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentMachineTest {

  private static final Instant T0 = Instant.parse("2026-01-05T10:00:00Z");
  private static final IncidentPolicy POLICY =
      new IncidentPolicy(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(10));

  private int nextId;
  private final IncidentMachine machine = new IncidentMachine(POLICY, () -> "incident-" + ++nextId);

  @Test
  void holdsTheFirstAlertForTheGroupWait() {
    Decision opened = open(breach("memory_high"));

    assertThat(opened.incident().status()).isEqualTo(IncidentStatus.OPEN);
    assertThat(opened.incident().deadlines())
        .containsEntry(TimerKind.GROUP_WAIT, T0.plusSeconds(30));
    assertThat(notices(opened)).isEmpty();
    assertThat(machine.timer(opened.incident(), TimerKind.GROUP_WAIT, T0.plusSeconds(29)))
        .isEmpty();
  }

  @Test
  void triggersWhenTheGroupWaitIsOver() {
    Incident triggered = triggered();

    assertThat(triggered.status()).isEqualTo(IncidentStatus.TRIGGERED);
    assertThat(triggered.revision()).isEqualTo(2);
  }

  @Test
  void triggersAtOnceWithoutGroupWait() {
    IncidentMachine eager =
        new IncidentMachine(
            new IncidentPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO), () -> "x");

    Decision decision = eager.breach(Candidates.NONE, breach("memory_high").at(T0), T0).get(0);

    assertThat(decision.incident().status()).isEqualTo(IncidentStatus.TRIGGERED);
    assertThat(notices(decision)).containsExactly(NoticeKind.TRIGGER);
  }

  @Test
  void joinsAnotherProblemOfTheSlot() {
    Incident incident = triggered();

    Decision joined = on(incident, breach("evictions").at(T0.plusSeconds(40)), 40);

    assertThat(joined.incident().id()).isEqualTo(incident.id());
    assertThat(joined.incident().alerts()).hasSize(2);
    assertThat(notices(joined)).isEmpty();
  }

  @Test
  void resolvesQuietlyWhenAllIsOverBeforeTheGroupWait() {
    Incident held = open(breach("memory_high")).incident();

    Decision over = on(held, breach("memory_high").resolved().sequence(2).at(T0.plusSeconds(5)), 5);

    assertThat(over.incident().status()).isEqualTo(IncidentStatus.RESOLVED);
    assertThat(over.incident().deadlines()).isEmpty();
  }

  @Test
  void resolvesOnlyAfterTheHold() {
    Decision quiet =
        on(triggered(), breach("memory_high").resolved().sequence(2).at(T0.plusSeconds(90)), 90);

    assertThat(quiet.incident().status()).isEqualTo(IncidentStatus.TRIGGERED);
    Decision resolved =
        machine.timer(quiet.incident(), TimerKind.RESOLVE_HOLD, T0.plusSeconds(150)).orElseThrow();
    assertThat(resolved.incident().status()).isEqualTo(IncidentStatus.RESOLVED);
    assertThat(notices(resolved)).containsExactly(NoticeKind.RESOLVE);
  }

  @Test
  void staysOpenWhenItFiresAgainDuringTheHold() {
    Incident quiet =
        on(triggered(), breach("memory_high").resolved().sequence(2).at(T0.plusSeconds(90)), 90)
            .incident();

    Decision again =
        on(quiet, breach("memory_high").episode(2).sequence(3).at(T0.plusSeconds(100)), 100);

    assertThat(again.incident().deadlines()).doesNotContainKey(TimerKind.RESOLVE_HOLD);
    assertThat(again.incident().alerts()).as("a new episode is an alert of its own").hasSize(2);
  }

  @Test
  void reopensTheSameIncidentInsideTheWindow() {
    Incident resolved = resolved();

    Decision reopened =
        place(
            new Candidates(null, null, resolved), breach("evictions").at(T0.plusSeconds(400)), 400);

    assertThat(reopened.incident().id()).isEqualTo(resolved.id());
    assertThat(reopened.incident().reopenCount()).isEqualTo(1);
    assertThat(reopened.incident().status()).isEqualTo(IncidentStatus.OPEN);
  }

  @Test
  void opensAnotherIncidentAfterTheWindow() {
    Incident resolved = resolved();

    Decision opened =
        place(
            new Candidates(null, null, resolved), breach("evictions").at(T0.plusSeconds(800)), 800);

    assertThat(opened.incident().id()).isNotEqualTo(resolved.id());
  }

  @Test
  void pagesAgainWhenTheSeverityRisesAfterAcknowledgement() {
    Incident taken = acknowledged(triggered());

    Decision worse = on(taken, escalated().at(T0.plusSeconds(60)), 60);

    assertThat(worse.incident().status()).isEqualTo(IncidentStatus.TRIGGERED);
    assertThat(worse.incident().acknowledgement()).isNull();
    assertThat(worse.incident().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(notices(worse)).containsExactly(NoticeKind.TRIGGER);
  }

  @Test
  void staysQuietWhenTheSeverityFalls() {
    Incident critical = on(triggered(), escalated().at(T0.plusSeconds(60)), 60).incident();

    Decision milder =
        on(
            critical,
            breach("memory_high")
                .transition(Transition.DEESCALATED)
                .sequence(3)
                .at(T0.plusSeconds(70)),
            70);

    assertThat(milder.incident().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(milder.incident().activeAlerts().get(0).severity()).isEqualTo(Severity.WARNING);
    assertThat(notices(milder)).isEmpty();
  }

  @Test
  void neverResolvesBecauseTheDetectorIsSilent() {
    Incident incident = triggered();

    Decision lost = machine.timer(incident, TimerKind.STALE, T0.plusSeconds(180)).orElseThrow();

    assertThat(lost.incident().status()).isEqualTo(IncidentStatus.TRIGGERED);
    assertThat(lost.incident().alerts().get(0).state()).isEqualTo(AlertState.STALE);
    assertThat(lost.incident().deadlines()).isEmpty();
    assertThat(notices(lost)).containsExactly(NoticeKind.UPDATE);
  }

  @Test
  void hearsTheSignalAgain() {
    Incident lost =
        machine.timer(triggered(), TimerKind.STALE, T0.plusSeconds(180)).orElseThrow().incident();

    Decision back =
        on(
            lost,
            breach("memory_high")
                .transition(Transition.REFRESHED)
                .sequence(2)
                .at(T0.plusSeconds(200)),
            200);

    assertThat(back.incident().alerts().get(0).state()).isEqualTo(AlertState.FIRING);
    assertThat(back.incident().deadlines()).containsEntry(TimerKind.STALE, T0.plusSeconds(380));
  }

  @Test
  void staysResolvedByHandWhileTheSameAlertFires() {
    Incident byHand = resolvedByHand(triggered());

    Decision refreshed =
        on(
            byHand,
            breach("memory_high")
                .transition(Transition.REFRESHED)
                .sequence(2)
                .at(T0.plusSeconds(60)),
            60);

    assertThat(refreshed.incident().status()).isEqualTo(IncidentStatus.RESOLVED);
    assertThat(refreshed.effects()).isEmpty();
  }

  @Test
  void opensAnotherIncidentWhenAnAlertResolvedByHandRises() {
    Incident byHand = resolvedByHand(triggered());

    List<Decision> decisions =
        machine.breach(
            new Candidates(byHand, null, byHand),
            escalated().at(T0.plusSeconds(60)),
            T0.plusSeconds(60));

    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(0).incident().activeAlerts()).isEmpty();
    assertThat(decisions.get(1).incident().id()).isNotEqualTo(byHand.id());
    assertThat(decisions.get(1).incident().open()).isTrue();
  }

  @Test
  void opensAnotherIncidentForANewProblemAfterAResolveByHand() {
    Incident byHand = resolvedByHand(triggered());

    Decision opened =
        place(new Candidates(null, null, byHand), breach("evictions").at(T0.plusSeconds(60)), 60);

    assertThat(opened.incident().id()).isNotEqualTo(byHand.id());
  }

  @Test
  void letsTheFirstAcknowledgementWin() {
    Incident taken = acknowledged(triggered());

    assertThat(machine.acknowledge(taken, "bob", T0.plusSeconds(50)))
        .isEqualTo(new Answer.Unchanged(taken));
  }

  @Test
  void refusesToAcknowledgeWhatIsResolved() {
    assertThat(machine.acknowledge(resolved(), "bob", T0)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void ignoresAResolveOfNothing() {
    assertThat(machine.breach(Candidates.NONE, breach("memory_high").resolved().at(T0), T0))
        .isEmpty();
  }

  private Decision open(Breaches breach) {
    return place(Candidates.NONE, breach.at(T0), 0);
  }

  private Incident triggered() {
    Incident held = open(breach("memory_high")).incident();
    Decision decision = machine.timer(held, TimerKind.GROUP_WAIT, T0.plusSeconds(30)).orElseThrow();
    assertThat(notices(decision)).containsExactly(NoticeKind.TRIGGER);
    return decision.incident();
  }

  private Incident acknowledged(Incident incident) {
    Answer answer = machine.acknowledge(incident, "alice", T0.plusSeconds(40));
    return ((Answer.Applied) answer).decision().incident();
  }

  private Incident resolvedByHand(Incident incident) {
    Answer answer = machine.resolve(incident, "alice", "known", T0.plusSeconds(45));
    return ((Answer.Applied) answer).decision().incident();
  }

  private Incident resolved() {
    Incident quiet =
        on(triggered(), breach("memory_high").resolved().sequence(2).at(T0.plusSeconds(90)), 90)
            .incident();
    return machine
        .timer(quiet, TimerKind.RESOLVE_HOLD, T0.plusSeconds(150))
        .orElseThrow()
        .incident();
  }

  private static Breaches escalated() {
    return breach("memory_high").critical().transition(Transition.ESCALATED).sequence(2);
  }

  private Decision on(Incident incident, BreachEvent event, long second) {
    return place(new Candidates(incident, incident.open() ? incident : null, null), event, second);
  }

  private Decision place(Candidates candidates, BreachEvent event, long second) {
    List<Decision> decisions = machine.breach(candidates, event, T0.plusSeconds(second));
    return decisions.get(decisions.size() - 1);
  }

  private static List<NoticeKind> notices(Decision decision) {
    return decision.effects().stream()
        .filter(Effect.Notify.class::isInstance)
        .map(effect -> ((Effect.Notify) effect).kind())
        .toList();
  }
}
