package io.emberwatch.collector.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.PrefixRule;
import io.emberwatch.collector.target.PrefixRule.ByPattern;
import io.emberwatch.collector.target.PrefixRule.BySeparator;
import io.emberwatch.collector.target.PrefixRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PrefixFinderTest {

  private static PrefixFinder finder(PrefixRule... rules) {
    return new PrefixFinder(new PrefixRules(List.of(rules), new BySeparator(":", 1), 100));
  }

  private static String prefix(PrefixFinder finder, String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(text.length + 5);
    bytes.put(3, text);
    int length = finder.find(bytes, 3, text.length);
    return length == PrefixFinder.OVERLONG
        ? "(overlong)"
        : new String(
            bytes.array(), length == 0 ? 0 : finder.start(), length, StandardCharsets.UTF_8);
  }

  @Test
  void cutsAtTheSeparatorOfTheDepth() {
    PrefixFinder second = finder(new BySeparator("::", 2));
    assertThat(prefix(second, "a::b::c::d")).isEqualTo("a::b::");
    assertThat(prefix(second, "a::::c")).isEqualTo("a::::");
    assertThat(prefix(second, "a:b")).as("falls to the last rule").isEqualTo("a:");
    assertThat(prefix(second, "plain")).isEmpty();
    assertThat(prefix(second, "")).isEmpty();
  }

  @Test
  void triesRulesInOrder() {
    PrefixFinder finder =
        finder(
            new ByPattern("^(tenant-[0-9]+):"),
            new ByPattern("\\{([a-z]*)\\}"),
            new BySeparator("/", 1));
    assertThat(prefix(finder, "tenant-42:user:1")).isEqualTo("tenant-42");
    assertThat(prefix(finder, "cart:{shop}:1/x")).isEqualTo("shop");
    assertThat(prefix(finder, "{}/x")).as("an empty group is no prefix").isEqualTo("{}/");
    assertThat(prefix(finder, "é:1")).isEqualTo("é:");
  }

  @Test
  void callsLongPrefixesOverlong() {
    assertThat(prefix(finder(), "k".repeat(63) + ":1")).hasSize(64);
    assertThat(prefix(finder(), "k".repeat(64) + ":1")).isEqualTo("(overlong)");
    assertThat(prefix(finder(), "k".repeat(64))).isEmpty();
    assertThat(prefix(finder(new ByPattern("^(k+)")), "k".repeat(65))).isEqualTo("(overlong)");
  }

  /** Backtracking engines need 2^256 steps here. */
  @Test
  void matchesInLinearTimeWhateverTheRule() {
    PrefixFinder finder = finder(new ByPattern("^((a+)+)+b"));
    long start = System.nanoTime();
    assertThat(prefix(finder, "a".repeat(100_000))).isEqualTo("(overlong)");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Property(tries = 500)
  void findsASliceOfTheKeyInAnyBytes(@ForAll byte[] key) {
    PrefixFinder finder = finder(new ByPattern("([^:]+):"), new BySeparator("/", 2));
    int length = finder.find(ByteBuffer.wrap(key), 0, key.length);
    assertThat(length).isBetween(-1, Math.min(key.length, PrefixFinder.MAX_PREFIX_BYTES));
    if (length > 0) {
      assertThat(finder.start() + length).isLessThanOrEqualTo(key.length);
    }
  }
}
