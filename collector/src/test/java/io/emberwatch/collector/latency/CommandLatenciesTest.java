package io.emberwatch.collector.latency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.CommandHistogram;
import io.emberwatch.schemas.LatencyEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CommandLatenciesTest {

  /** Names and details in turn, as LATENCY HISTOGRAM of Redis 7.2 gives them. */
  private static List<Object> reply(Object... namesAndDetails) {
    List<Object> reply = new ArrayList<>();
    for (int i = 0; i < namesAndDetails.length; i += 2) {
      reply.add(bytes((String) namesAndDetails[i]));
      reply.add(namesAndDetails[i + 1]);
    }
    return reply;
  }

  private static List<Object> calls(long calls, Long... cumulative) {
    return List.of(bytes("calls"), calls, bytes("histogram_usec"), Arrays.asList(cumulative));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static CommandLatencies read(Object... namesAndDetails) {
    return CommandLatencies.read(reply(namesAndDetails));
  }

  @Test
  void givesTheCallsOfEachBucketSinceTheLastLook() {
    CommandLatencies before = read("get", calls(952, 1L, 722L, 2L, 896L, 33L, 952L));
    CommandLatencies after =
        read("get", calls(960, 1L, 725L, 2L, 899L, 4L, 901L, 33L, 960L), "ping", calls(1, 1L, 1L));
    assertThat(after.since(before))
        .containsExactly(
            new CommandHistogram("get", 8L, List.of(1L, 4L, 33L), List.of(3L, 2L, 3L)),
            new CommandHistogram("ping", 1L, List.of(1L), List.of(1L)));
    assertThat(after.since(after)).isEmpty();
  }

  @Test
  void takesAllOfWhatWasCountedAnew() {
    CommandLatencies before = read("get", calls(10, 1L, 9L, 2L, 10L));
    CommandLatencies reset = read("get", calls(12, 1L, 1L, 2L, 12L));
    assertThat(reset.since(before))
        .containsExactly(new CommandHistogram("get", 12L, List.of(1L, 2L), List.of(1L, 11L)));
  }

  @Test
  void passesOverWhatItCannotRead() {
    List<Object> hostile = new ArrayList<>(reply("get", calls(1, 1L, 1L)));
    hostile.addAll(reply("a", calls(1, 2L, 5L, 1L, 6L), "b", calls(1, 1L, 5L, 2L, 4L)));
    hostile.addAll(reply("c", "text", "d", List.of(1L), "e", calls(-1)));
    hostile.add(7L);
    assertThat(CommandLatencies.read(hostile).byCommand()).containsOnlyKeys("get");
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      many.addAll(reply("c" + i, calls(1, 1L, 1L)));
    }
    assertThat(CommandLatencies.read(many).byCommand()).hasSize(CommandLatencies.MAX_COMMANDS);
  }

  @Property(tries = 300)
  void sumsUpToTheWholeOverAnyLooks(
      @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 9) Long> perLook) {
    CommandLatencies before = CommandLatencies.NONE;
    long total = 0;
    long summed = 0;
    for (long more : perLook) {
      total += more;
      CommandLatencies after = read("get", calls(total, 1L, total / 2, 2L, total));
      for (CommandHistogram histogram : after.since(before)) {
        assertThat(histogram.getCounts()).allMatch(count -> count > 0);
        summed += histogram.getCounts().stream().mapToLong(Long::longValue).sum();
      }
      before = after;
    }
    assertThat(summed).isEqualTo(total);
  }

  @Test
  void readsTheLatestEvents() {
    List<Object> reply =
        List.of(
            List.of(bytes("fork"), 1_795_373_420L, 23L, 50L),
            List.of(bytes("command"), 1L, 2L),
            "text",
            List.of(bytes("aof-write"), Long.MAX_VALUE, 1L, 1L));
    assertThat(LatencyEvents.read(reply))
        .containsExactly(new LatencyEvent("fork", Instant.ofEpochSecond(1_795_373_420L), 23L, 50L));
  }
}
