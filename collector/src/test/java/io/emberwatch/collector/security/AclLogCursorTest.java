package io.emberwatch.collector.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.replies.CapturedReplies;
import io.emberwatch.collector.security.AclLogCursor.Growth;
import io.emberwatch.collector.security.AclLogCursor.Look;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AclLogCursorTest {

  private static final AclLogCursor EMPTY_LOG = AclLogCursor.START.look(List.of()).next();

  private static List<Object> entry(long id, String object, long count) {
    List<Object> entry = old(object, count);
    entry.addAll(CapturedReplies.of("entry-id", id));
    return entry;
  }

  private static List<Object> old(String object, long count) {
    return CapturedReplies.of("count", count, "reason", "key", "object", object, "username", "bob");
  }

  private static List<Long> denials(Look look) {
    return look.grown().stream().map(Growth::denials).toList();
  }

  private static List<String> objects(Look look) {
    return look.grown().stream().map(growth -> growth.entry().content().object()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-6.2",
        "redis-7.0.15",
        "redis-7.2",
        "redis-8.0-preview",
        "valkey-8.0.1",
        "redis-8.0.2",
        "valkey-8.1.1",
        "valkey-9.1.2"
      })
  void readsTheEntriesOfEveryRelease(String release) {
    Look look = EMPTY_LOG.look(CapturedReplies.list(release + "/acl-log"));
    assertThat(look.grown())
        .extracting(growth -> growth.entry().content().reason())
        .containsExactly("auth", "command", "key");
    AclLogEntry key = look.grown().get(2).entry();
    assertThat(key.content().object()).isEqualTo("nope");
    assertThat(key.content().username()).isEqualTo("bob");
    assertThat(key.ageSeconds()).isPositive();
    assertThat(key.client().orElseThrow().getCommand()).isEqualTo("get");
    boolean withIds = !release.equals("redis-6.2") && !release.equals("redis-7.0.15");
    assertThat(key.id()).isEqualTo(withIds ? 2L : null);
    assertThat(look.lost()).isEqualTo(withIds ? 0L : null);
  }

  @Test
  void reportsNothingThatWasThereBeforeTheFirstLook() {
    Look look = AclLogCursor.START.look(CapturedReplies.of(entry(7, "a", 3)));
    assertThat(look.grown()).isEmpty();
    assertThat(look.lost()).isZero();
    assertThat(denials(look.next().look(CapturedReplies.of(entry(7, "a", 5))))).containsExactly(2L);
  }

  @Test
  void countsEntriesThatTheLogDropped() {
    AclLogCursor cursor = EMPTY_LOG.look(CapturedReplies.of(entry(0, "a", 1))).next();
    Look look =
        cursor.look(CapturedReplies.of(entry(9, "z", 1), entry(8, "y", 4), entry(0, "a", 2)));
    assertThat(objects(look)).containsExactly("a", "y", "z");
    assertThat(denials(look)).containsExactly(1L, 4L, 1L);
    assertThat(look.lost()).isEqualTo(7);
  }

  @Test
  void beginsAnewWithARestartedServer() {
    AclLogCursor cursor = EMPTY_LOG.look(CapturedReplies.of(entry(40, "a", 1))).next();
    assertThat(denials(cursor.look(CapturedReplies.of(entry(1, "b", 1), entry(0, "a", 6)))))
        .containsExactly(6L, 1L);
    assertThat(denials(cursor.restarted().look(CapturedReplies.of(entry(40, "a", 1)))))
        .containsExactly(1L);
  }

  @Test
  void linesUpEntriesWithoutIdsWithThoseSeen() {
    assertThat(AclLogCursor.fresh(List.of(2L), List.of(1L))).isZero();
    assertThat(AclLogCursor.fresh(List.of(1L, 1L), List.of(1L))).isEqualTo(1);
    assertThat(AclLogCursor.fresh(List.of(1L, 4L, 2L), List.of(3L, 2L))).isEqualTo(1);
    assertThat(AclLogCursor.fresh(List.of(5L), List.of())).isEqualTo(1);
    AclLogCursor cursor = EMPTY_LOG.look(CapturedReplies.of(old("a", 3), old("b", 1))).next();
    Look look = cursor.look(CapturedReplies.of(old("a", 1), old("b", 2), old("a", 5)));
    assertThat(objects(look)).containsExactly("a", "b", "a");
    assertThat(denials(look)).containsExactly(2L, 1L, 1L);
    assertThat(look.lost()).isNull();
  }

  @Test
  void leavesOutWhatCollectorsWereDenied() {
    List<Object> own = entry(0, "config|get", 1);
    own.addAll(
        CapturedReplies.of("client-info", "id=3 addr=10.0.0.1:5 name=emberwatch-c1 user=monitor"));
    assertThat(EMPTY_LOG.look(CapturedReplies.of(own)).grown()).isEmpty();
  }

  /** While nothing is dropped, every denial is told once. */
  @Property(tries = 200)
  void tellsEveryDenialOnce(
      @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> events, @ForAll boolean withIds) {
    List<List<Object>> log = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    AclLogCursor cursor = EMPTY_LOG;
    long told = 0;
    long denied = 0;
    for (int event : events) {
      if (event < 2 || counts.isEmpty()) {
        counts.add(0, 0L);
        log.add(0, List.of());
      }
      counts.set(0, counts.get(0) + 1);
      denied++;
      long id = counts.size() - 1L;
      String object = "k" + id % 2;
      log.set(0, withIds ? entry(id, object, counts.get(0)) : old(object, counts.get(0)));
      if (event != 5) {
        Look look = cursor.look(log);
        cursor = look.next();
        told += denials(look).stream().mapToLong(Long::longValue).sum();
      }
    }
    told += denials(cursor.look(log)).stream().mapToLong(Long::longValue).sum();
    assertThat(told).isEqualTo(denied);
  }

  @Property(tries = 200)
  void takesAnything(@ForAll List<List<byte[]>> reply) {
    assertThat(EMPTY_LOG.look(reply).grown()).isEmpty();
  }
}
