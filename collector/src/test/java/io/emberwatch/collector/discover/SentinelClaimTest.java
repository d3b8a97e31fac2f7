package io.emberwatch.collector.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.schemas.SentinelMaster;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentinelClaimTest {

  private static SentinelMaster master(
      String name, @Nullable String address, @Nullable Long epoch) {
    SentinelMaster master = new SentinelMaster();
    master.setName(name);
    master.setAddress(address);
    master.setConfigEpoch(epoch);
    return master;
  }

  @SuppressWarnings("NullAway") // Nothing is asked for more here.
  private static SentinelAnswer says(int port, SentinelMaster... masters) {
    return new SentinelAnswer(ServerAddress.of("10.0.0.9", port), null, List.of(masters));
  }

  private static String believed(SentinelAnswer... answers) {
    return SentinelClaim.byName(List.of(answers), name -> true)
        .getOrDefault("orders", List.of())
        .get(0)
        .address();
  }

  @Test
  void believesTheHighestConfigEpochWhateverTheMajoritySays() {
    assertThat(
            believed(
                says(1, master("orders", "10.0.0.1:6379", 3L)),
                says(2, master("orders", "10.0.0.1:6379", 3L)),
                says(3, master("orders", "10.0.0.2:6379", 4L))))
        .isEqualTo("10.0.0.2:6379");
  }

  @Test
  void believesTheMajorityAmongEqualEpochs() {
    assertThat(
            believed(
                says(1, master("orders", "10.0.0.1:6379", 3L)),
                says(2, master("orders", "10.0.0.2:6379", 3L)),
                says(3, master("orders", "10.0.0.2:6379", 3L))))
        .isEqualTo("10.0.0.2:6379");
  }

  @Test
  void findsWhatOnlyOneSentinelWatchesAndLeavesOutTheUnwantedAndTheNameless() {
    assertThat(
            SentinelClaim.byName(
                    List.of(
                        says(1, master("orders", "10.0.0.1:6379", 3L)),
                        says(
                            2,
                            master("carts", "10.0.0.3:6379", null),
                            master("a/b", "10.0.0.4:6379", 9L),
                            master("lost", null, 9L),
                            master("other", "10.0.0.5:6379", 1L))),
                    name -> !name.equals("other"))
                .keySet())
        .containsExactly("carts", "orders");
  }
}
