package io.emberwatch.collector.census;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.census.HotKeysReading.None;
import io.emberwatch.collector.census.HotKeysReading.Session;
import io.emberwatch.collector.census.HotKeysReading.Unreadable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Replies of HOTKEYS GET as Redis documents them; none was taken from a real 8.6. */
final class HotKeysReadingTest {

  private static final long STARTED_MILLIS = 1_770_824_933_147L;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ByteBuffer name(String text) {
    return ByteBuffer.wrap(bytes(text));
  }

  private static List<Object> documented() {
    return new ArrayList<>(
        List.of(
            bytes("tracking-active"),
            0L,
            bytes("sample-ratio"),
            17L,
            bytes("selected-slots"),
            List.of(List.of(0L, 16_383L)),
            bytes("all-commands-all-slots-us"),
            103L,
            bytes("net-bytes-all-commands-all-slots"),
            2_042L,
            bytes("collection-start-time-unix-ms"),
            STARTED_MILLIS,
            bytes("collection-duration-ms"),
            10_000L,
            bytes("by-cpu-time-us"),
            List.of(bytes("b"), 29L, bytes("a"), 25L),
            bytes("by-net-bytes"),
            List.of(bytes("a"), 446L)));
  }

  private static List<Object> with(int index, Object value) {
    List<Object> reply = documented();
    reply.set(index, value);
    return reply;
  }

  @Test
  void readsTheReplyOfOneNodeAndAFlatOneAlike() {
    Session expected =
        new Session(
            false,
            17,
            STARTED_MILLIS,
            OptionalLong.of(10_000),
            OptionalLong.of(103),
            OptionalLong.of(2_042),
            Map.of(name("b"), 29L, name("a"), 25L),
            Map.of(name("a"), 446L));
    assertThat(HotKeysReading.of(List.of(documented()))).isEqualTo(expected);
    assertThat(HotKeysReading.of(documented())).isEqualTo(expected);
  }

  @Test
  void keepsTheOrderOfTheServer() {
    Session session = (Session) HotKeysReading.of(documented());
    assertThat(session.cpuMicrosByKey().keySet()).containsExactly(name("b"), name("a"));
  }

  @Test
  void readsASessionThatIsUnderWayAndOneWithoutFigures() {
    assertThat(HotKeysReading.of(with(1, 1L)))
        .isInstanceOfSatisfying(Session.class, session -> assertThat(session.active()).isTrue());
    List<Object> bare =
        List.of(
            bytes("tracking-active"),
            0L,
            bytes("sample-ratio"),
            1L,
            bytes("collection-start-time-unix-ms"),
            STARTED_MILLIS);
    assertThat(HotKeysReading.of(bare))
        .isEqualTo(
            new Session(
                false,
                1,
                STARTED_MILLIS,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of(),
                Map.of()));
  }

  @Test
  void takesNilForNoSession() {
    assertThat(HotKeysReading.of(List.of())).isEqualTo(new None());
    assertThat(HotKeysReading.of(Arrays.asList((Object) null))).isEqualTo(new None());
  }

  /** Else a server with a session that is not understood would be given another one. */
  @Test
  void doesNotTakeWhatItCannotReadForNoSession() {
    for (List<?> reply :
        List.of(
            List.of(List.of()),
            List.of(bytes("OK")),
            List.of(1L),
            List.of(1L, 2L, 3L),
            with(1, 7L),
            with(3, 0L),
            with(3, -1L),
            with(3, bytes("many")),
            with(11, -1L),
            with(11, Long.MAX_VALUE))) {
      assertThat(HotKeysReading.of(reply)).as("%s", reply).isEqualTo(new Unreadable());
    }
  }

  @Test
  void isBoundedAndLeavesOutWhatIsNoKeyOrAmount() {
    List<Object> keys =
        new ArrayList<>(List.of(1L, 1L, bytes("text"), bytes("1"), bytes("x"), -1L));
    for (int i = 0; i < 10_000; i++) {
      keys.add(bytes("k" + i));
      keys.add((long) i);
    }
    Session session = (Session) HotKeysReading.of(with(15, keys));
    assertThat(session.cpuMicrosByKey()).hasSize(HotKeysReading.MAX_KEYS).containsKey(name("k0"));
  }

  @Property(tries = 500)
  void readsAnything(@ForAll("replies") List<Object> reply) {
    assertThat(HotKeysReading.of(reply)).isNotNull();
  }

  @Property(tries = 500)
  void readsTheDocumentedReplyWithAnythingInIt(@ForAll("replies") List<Object> strange) {
    List<Object> reply = new ArrayList<>(documented());
    for (int i = 0; i < strange.size(); i++) {
      reply.set((i * 7 + strange.size()) % reply.size(), strange.get(i));
    }
    assertThat(HotKeysReading.of(Arrays.asList(reply))).isNotNull();
    assertThat(HotKeysReading.of(reply)).isNotNull();
  }

  @Provide
  Arbitrary<List<Object>> replies() {
    Arbitrary<Object> words =
        Arbitraries.of(
                "tracking-active",
                "sample-ratio",
                "collection-start-time-unix-ms",
                "by-cpu-time-us",
                "1",
                "")
            .map(HotKeysReadingTest::bytes);
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(words, Arbitraries.longs().asGeneric()).injectNull(0.1);
    Arbitrary<Object> nested =
        Arbitraries.recursive(() -> leaves, inner -> inner.list().ofMaxSize(4).asGeneric(), 0, 3);
    return nested.list().ofMaxSize(10);
  }
}
