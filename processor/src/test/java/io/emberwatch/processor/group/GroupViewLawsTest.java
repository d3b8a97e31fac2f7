package io.emberwatch.processor.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GroupViewLawsTest {

  private static final GroupLimits LIMITS = GroupLimits.DEFAULT;
  private static final GroupView EMPTY = GroupView.empty(TestSignals.FLEET, TestSignals.GROUP);

  @Property(tries = 200)
  void orderOfSamplesOfOneInstantDoesNotMatter(
      @ForAll("histories") List<List<Poll>> history, @ForAll long seed) {
    Random random = new Random(seed);
    GroupView ordered = EMPTY;
    GroupView shuffled = EMPTY;
    for (int instant = 0; instant < history.size(); instant++) {
      List<Signals> samples = samples(history.get(instant), instant);
      ordered = fold(ordered, samples);
      Collections.shuffle(samples, random);
      shuffled = fold(shuffled, samples);

      assertThat(shuffled).isEqualTo(ordered);
    }
  }

  @Property(tries = 200)
  void replayFromAnyStateEqualsTheLiveRun(@ForAll("histories") List<List<Poll>> history) {
    GroupView live = EMPTY;
    GroupView restored = EMPTY;
    for (int instant = 0; instant < history.size(); instant++) {
      for (Signals signals : samples(history.get(instant), instant)) {
        live = live.after(signals, LIMITS);
        restored = GroupStateFormat.read(GroupStateFormat.write(restored)).after(signals, LIMITS);
      }
    }

    assertThat(restored).isEqualTo(live);
  }

  @Property(tries = 200)
  void readingTheSameSamplesAgainChangesNothing(@ForAll("histories") List<List<Poll>> history) {
    GroupView once = foldAll(EMPTY, history);

    assertThat(foldAll(once, history)).isEqualTo(once);
  }

  @Property(tries = 200)
  void figuresAreWithinTheirBounds(@ForAll("histories") List<List<Poll>> history) {
    GroupFigures figures = foldAll(EMPTY, history).figures(LIMITS);

    assertThat(figures.reachablePrimaries()).isBetween(0, figures.primaries());
    assertThat(figures.reachableMembers()).isBetween(0, figures.members());
    assertThat(figures.members()).isLessThanOrEqualTo(4);
  }

  @Provide
  Arbitrary<List<List<Poll>>> histories() {
    Arbitrary<Poll> poll =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d"),
                Arbitraries.of(Kind.class),
                Arbitraries.integers().between(0, 3))
            .as(Poll::new);
    return poll.list().uniqueElements(Poll::host).ofMaxSize(4).list().ofMaxSize(40);
  }

  private static GroupView foldAll(GroupView view, List<List<Poll>> history) {
    GroupView folded = view;
    for (int instant = 0; instant < history.size(); instant++) {
      folded = fold(folded, samples(history.get(instant), instant));
    }
    return folded;
  }

  private static GroupView fold(GroupView view, List<Signals> samples) {
    GroupView folded = view;
    for (Signals signals : samples) {
      folded = folded.after(signals, LIMITS);
    }
    return folded;
  }

  private static List<Signals> samples(List<Poll> polls, int instant) {
    List<Signals> samples = new ArrayList<>();
    polls.forEach(poll -> samples.add(poll.at(instant * 15L)));
    return samples;
  }

  enum Kind {
    PRIMARY,
    REPLICA,
    CUT,
    REFUSED
  }

  record Poll(String host, Kind kind, int replicas) {

    Signals at(long second) {
      return switch (kind) {
        case PRIMARY -> TestSignals.primary(host, second, replicas);
        case REPLICA -> TestSignals.replica(host, second);
        case CUT -> TestSignals.cutReplica(host, second);
        case REFUSED -> TestSignals.refused(host, second);
      };
    }
  }
}
