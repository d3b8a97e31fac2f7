package io.emberwatch.collector.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.ServerAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SteadyAnswerTest {

  private static final ServerAddress ONE = ServerAddress.of("10.0.0.1", 6379);
  private static final ServerAddress TWO = ServerAddress.of("10.0.0.2", 6379);

  private static DnsAnswer answer(ServerAddress... addresses) {
    return new DnsAnswer(Set.of(addresses), Optional.empty());
  }

  @Test
  void removesWithTheSecondAnswerInARowThatLacksAnAddress() {
    SteadyAnswer both = SteadyAnswer.NONE.next(answer(ONE, TWO));
    SteadyAnswer once = both.next(answer(ONE));
    assertThat(once.addresses()).containsExactlyInAnyOrder(ONE, TWO);
    assertThat(once.next(answer(ONE)).addresses()).containsExactly(ONE);
    assertThat(once.next(answer(ONE, TWO)).next(answer(ONE)).addresses())
        .containsExactlyInAnyOrder(ONE, TWO);
  }

  @Test
  void takesAnEmptyAnswerForNone() {
    SteadyAnswer one = SteadyAnswer.NONE.next(answer(ONE));
    assertThat(one.next(answer()).next(answer()).next(answer()).addresses()).containsExactly(ONE);
  }

  @Test
  void removesNothingByAnAnswerThatIsNotWhole() {
    DnsAnswer part = new DnsAnswer(Set.of(ONE), Optional.of("no answer"));
    SteadyAnswer both = SteadyAnswer.NONE.next(answer(ONE, TWO));
    assertThat(both.next(part).next(part).next(part).addresses())
        .containsExactlyInAnyOrder(ONE, TWO);
  }
}
