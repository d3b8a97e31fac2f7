package io.emberwatch.collector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ShardNamesTest {

  private final ShardNames names = new ShardNames();

  private Map<String, String> look(String... lines) {
    return names.assign(Shard.of(Views.nodes(lines), ShardsReply.NONE));
  }

  private static String brief(char id) {
    return Views.id(id).substring(0, 8);
  }

  @Test
  void namesAShardByItsSmallestNodeSoThatARestartAfterAFailoverFindsTheSame() {
    Map<String, String> before = look(Views.primary('b', "0-99"), Views.replica('a', 'b'));
    assertThat(before).containsValues(brief('a')).hasSize(2);
    Map<String, String> afterRestart =
        new ShardNames()
            .assign(
                Shard.of(
                    Views.nodes(Views.primary('a', "0-99"), Views.replica('b', 'a')),
                    ShardsReply.NONE));
    assertThat(afterRestart).isEqualTo(before);
  }

  @Test
  void keepsTheNameThroughAFailoverANewReplicaAndMovedSlots() {
    Map<String, String> before = look(Views.primary('b', "0-99"), Views.primary('c', "100-199"));
    Map<String, String> after =
        look(
            Views.primary('b', ""),
            Views.replica('a', 'b'),
            Views.primary('c', "0-199"),
            Views.replica('0', 'c'));
    assertThat(after).containsAllEntriesOf(before);
    assertThat(after.get(Views.id('a'))).isEqualTo(brief('b'));
    assertThat(after.get(Views.id('0'))).isEqualTo(brief('c'));
  }

  @Test
  void keepsALostPrimaryBesideItsHeirUntilItComesBack() {
    look(Views.primary('a', "0-99"), Views.replica('b', 'a'));
    assertThat(look(Views.lost('a'), Views.primary('b', "0-99")).values()).containsOnly(brief('a'));
    assertThat(look(Views.replica('a', 'b'), Views.primary('b', "0-99")).values())
        .containsOnly(brief('a'));
  }

  @Test
  void movesAReplicaThatWasGivenToAnotherShard() {
    look(Views.primary('a', "0-99"), Views.replica('b', 'a'), Views.primary('c', "100-199"));
    assertThat(
            look(
                Views.primary('a', "0-99"), Views.replica('b', 'c'), Views.primary('c', "100-199")))
        .containsEntry(Views.id('b'), brief('c'))
        .containsEntry(Views.id('a'), brief('a'));
  }

  @Test
  void givesTheNameToOneOfTwoShardsThatWereOne() {
    look(Views.primary('a', "0-99"), Views.replica('b', 'a'));
    assertThat(look(Views.primary('a', "0-49"), Views.primary('b', "50-99")))
        .containsEntry(Views.id('a'), brief('a'))
        .containsEntry(Views.id('b'), brief('b'));
  }

  @Test
  void takesTheServersNameWhereThereIsOne() {
    look(Views.primary('a', "0-99"));
    List<Shard> shards = Shard.of(Views.nodes(Views.primary('a', "0-99")), ShardsReply.NONE);
    assertThat(names.assign(List.of(shards.get(0).called(Optional.of(Views.id('7'))))))
        .containsValue(brief('7'));
    assertThat(names.assign(shards)).as("while nobody says").containsValue(brief('7'));
  }

  @Test
  void tellsTwoShardsApartWhoseNamesBeginAlike() {
    List<Shard> shards =
        Shard.of(
            Views.nodes(Views.primary('a', "0-99"), Views.primary('b', "100-199")),
            ShardsReply.NONE);
    String other = Views.id('7').substring(0, 39) + "1";
    assertThat(
            names.assign(
                List.of(
                    shards.get(0).called(Optional.of(Views.id('7'))),
                    shards.get(1).called(Optional.of(other)))))
        .containsEntry(Views.id('a'), brief('7'))
        .containsEntry(Views.id('b'), other);
  }

  @Property(tries = 100)
  void namesOfShardsWithSlotsAreDistinctWhateverTheOrder(@ForAll long seed) {
    Random random = new Random(seed);
    ShardNames memory = new ShardNames();
    List<String> primaries = List.of("a", "b", "c", "d");
    List<String> replicas = List.of("1", "2", "3", "4", "5");
    for (int look = 0; look < 5; look++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < primaries.size(); i++) {
        lines.add(Views.primary(primaries.get(i).charAt(0), i * 100 + "-" + (i * 100 + 99)));
      }
      for (String replica : replicas) {
        String of = primaries.get(random.nextInt(primaries.size()));
        lines.add(Views.replica(replica.charAt(0), of.charAt(0)));
      }
      Collections.shuffle(lines, random);
      Map<String, String> assigned =
          memory.assign(Shard.of(Views.nodes(lines.toArray(String[]::new)), ShardsReply.NONE));
      assertThat(primaries.stream().map(p -> assigned.get(Views.id(p.charAt(0)))).distinct())
          .hasSize(4);
    }
  }
}
