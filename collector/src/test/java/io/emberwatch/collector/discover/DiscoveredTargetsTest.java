package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Definitions;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.FixedTargets;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DiscoveredTargetsTest {

  private static final Discovery CARTS = discovery("carts", Duration.ofMinutes(1));

  private final Queue<CompletableFuture<List<Target>>> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final FixedTargets source = new FixedTargets(List.of(), Instant.EPOCH);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<List<Target>> announced = new CopyOnWriteArrayList<>();
  private final DiscoveredTargets targets =
      new DiscoveredTargets(source, discovery -> new Scripted(), registry, Clock.systemUTC());

  private static Discovery discovery(String group, Duration refresh) {
    return new Discovery(
        "f",
        group,
        new DiscoveryMethod.Cluster(List.of(ServerAddress.of("seed", 1))),
        refresh,
        TargetSettings.BUILT_IN);
  }

  private static Target found(String host) {
    return CARTS.target("carts-1", ServerAddress.of(host, 1), Map.of("cluster", "carts"));
  }

  private static CompletableFuture<List<Target>> nobody() {
    return CompletableFuture.failedFuture(new DiscoveryException("seed:1: connection refused"));
  }

  private void start(Definitions definitions) {
    source.replace(definitions);
    targets.onChange(announced::add);
    targets.start();
  }

  @AfterEach
  void closes() {
    targets.close();
  }

  @Test
  void addsWhatIsFoundToWhatIsListedAndTheListedOneWins() {
    answers.add(CompletableFuture.completedFuture(List.of(found("A"), found("b"))));
    Target listed = Target.of("f", "own", "a", 1);
    start(new Definitions(List.of(listed), List.of(CARTS)));
    await().until(() -> targets.targets().size() == 2);
    assertThat(targets.targets()).containsExactly(listed, found("b"));
    assertThat(targets.targets().get(1).instanceId()).isEqualTo("f/carts-1/b:1");
    assertThat(targets.targets().get(1).labels()).containsEntry("cluster", "carts");
    assertThat(targets.check().ok()).isTrue();
  }

  @Test
  void looksAgainOnAHintAndKeepsTheLastGoodAnswerWhenNobodyTells() {
    answers.add(CompletableFuture.completedFuture(List.of(found("a"))));
    start(new Definitions(List.of(), List.of(CARTS)));
    await().until(() -> targets.targets().size() == 1);
    answers.add(nobody());
    targets.hint("f/carts-1/a:1");
    targets.hint("f/carts-1/a:1");
    await().until(() -> !targets.check().ok());
    assertThat(targets.check().detail())
        .contains("f/carts: seed:1: connection refused; the 1 targets found last stay in force");
    assertThat(targets.targets()).containsExactly(found("a"));
    assertThat(registry.get("emberwatch.collector.discoveries.failing").gauge().value()).isOne();

    // A retry after a second, without a hint.
    answers.add(CompletableFuture.completedFuture(List.of(found("a"), found("b"))));
    await().until(() -> targets.targets().size() == 2);
    assertThat(targets.check().ok()).isTrue();
    assertThat(announced).hasSize(2);
    assertThat(looks(true)).isEqualTo(2);
    assertThat(looks(false)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void hintsAboutOtherServersLeaveItAlone() {
    answers.add(CompletableFuture.completedFuture(List.of(found("a"))));
    start(new Definitions(List.of(), List.of(CARTS)));
    await().until(() -> targets.targets().size() == 1);
    targets.hint("f/other/b:1");
    await().during(Search.LEAST_GAP.plusMillis(200)).until(() -> looks.get() == 1);
  }

  @Test
  void saysThatADiscoveryHasNotAnsweredYet() {
    answers.add(new CompletableFuture<>());
    start(new Definitions(List.of(Target.of("f", "g", "h", 1)), List.of(CARTS)));
    await().until(() -> looks.get() == 1);
    await().until(() -> targets.check().detail().contains("f/carts: has not answered yet"));
    assertThat(targets.targets()).hasSize(1);
  }

  @Test
  void keepsWhatWasFoundWhileAChangedDiscoveryLooksAnew() {
    answers.add(CompletableFuture.completedFuture(List.of(found("a"))));
    start(new Definitions(List.of(), List.of(CARTS)));
    await().until(() -> targets.targets().size() == 1);
    answers.add(nobody());
    source.replace(new Definitions(List.of(), List.of(discovery("carts", Duration.ofMinutes(2)))));
    await().until(() -> closed.get() == 1 && looks.get() >= 2);
    assertThat(targets.targets()).containsExactly(found("a"));
    source.replace(new Definitions(List.of(), List.of()));
    await().until(() -> targets.targets().isEmpty());
    assertThat(closed).hasValue(2);
  }

  @Test
  void takesAFaultOfADiscovererForAFailedLook() {
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("bug")));
    start(new Definitions(List.of(), List.of(CARTS)));
    await().until(() -> targets.check().detail().contains("a fault of the collector"));
  }

  private double looks(boolean good) {
    return registry
        .get("emberwatch.collector.discovery.looks")
        .tag("result", good ? "answered" : "failed")
        .counter()
        .count();
  }

  /** Gives the answers in turn, then none. */
  private final class Scripted implements Discoverer {
    @Override
    public CompletableFuture<List<Target>> discover() {
      looks.incrementAndGet();
      CompletableFuture<List<Target>> answer = answers.poll();
      return answer == null ? nobody() : answer;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
