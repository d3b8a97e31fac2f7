package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyNaming.Policy;
import io.emberwatch.schemas.SampledKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyReservoirTest {

  private static final EventKind SET = new EventKind(2, "set");

  private static final KeyNames PLAIN = KeyNames.of(KeyNaming.PLAIN, new byte[] {1});

  private static void offer(KeyReservoir reservoir, byte[] key) {
    Slices message = Slices.of("__keyevent@2__:set", key);
    reservoir.offer(SET, message.bytes(), message.key(), message.keyLength());
  }

  private static KeyReservoir filled(int capacity, int events, Random random) {
    KeyReservoir reservoir = new KeyReservoir(capacity, random);
    IntStream.range(0, events)
        .forEach(i -> offer(reservoir, Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
    return reservoir;
  }

  /**
   * 100 events into 10 places, 10 000 times: each event is expected 1 000 times. The places of one
   * draw depend on each other, which makes chi-square smaller; with 99 degrees of freedom it
   * exceeds 149 once in a thousand even without that.
   */
  @Test
  void drawsEachEventEquallyOften() {
    Random random = new Random(42);
    int[] drawn = new int[100];
    for (int round = 0; round < 10_000; round++) {
      for (SampledKey key : filled(10, 100, random).sample(PLAIN)) {
        drawn[Integer.parseInt(key.getKey())]++;
      }
    }
    double chiSquare =
        IntStream.of(drawn).mapToDouble(n -> (n - 1_000.0) * (n - 1_000.0)).sum() / 1_000;
    assertThat(chiSquare).isBetween(40.0, 149.0);
  }

  @Test
  void keepsAllWhenThereAreFew() {
    assertThat(filled(10, 3, new Random(1)).sample(PLAIN))
        .containsExactly(
            new SampledKey(2, "set", "0"),
            new SampledKey(2, "set", "1"),
            new SampledKey(2, "set", "2"));
    assertThat(filled(0, 3, new Random(1)).sample(PLAIN)).isEmpty();
  }

  @Test
  void cutsLongKeysAndReplacesWhatIsNotUtf8() {
    KeyReservoir reservoir = new KeyReservoir(2, new Random(1));
    offer(reservoir, "k".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    offer(reservoir, new byte[] {'a', (byte) 0xff});
    assertThat(reservoir.sample(PLAIN))
        .extracting(SampledKey::getKey)
        .containsExactly("k".repeat(256), "a\ufffd");
  }

  @Test
  void tellsTheNamesInTheirForm() {
    KeyReservoir reservoir = filled(10, 3, new Random(1));
    KeyNames hashed = KeyNames.of(new KeyNaming(Policy.HASH, Optional.empty()), new byte[] {1});
    assertThat(reservoir.sample(hashed))
        .hasSize(3)
        .allSatisfy(key -> assertThat(key.getKey()).startsWith("hmac:"));
    assertThat(reservoir.sample(KeyNames.of(KeyNaming.DROPPED, new byte[] {1}))).isEmpty();
  }
}
