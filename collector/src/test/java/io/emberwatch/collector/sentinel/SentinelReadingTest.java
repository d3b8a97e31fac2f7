package io.emberwatch.collector.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.GoldenReplies;
import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.SentinelReplica;
import io.emberwatch.schemas.SentinelView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SentinelReadingTest {

  private static List<Object> reply(String text) {
    return Stream.of(text.split(" ", -1)).<Object>map(word -> word.getBytes(UTF_8)).toList();
  }

  private static SentinelMaster master(String fields) {
    return SentinelReading.masters(List.of(reply("name orders " + fields))).get(0);
  }

  @Test
  void readsAPrimaryThatIsDown() {
    SentinelMaster master =
        master(
            "ip 10.0.0.1 port 6379 flags s_down,o_down,master,failover_in_progress"
                + " num-other-sentinels 2 num-slaves 1 quorum 2 config-epoch 7"
                + " failover-state wait_start s-down-time 2000 o-down-time 1500"
                + " last-ok-ping-reply 3001");
    assertThat(master.getAddress()).isEqualTo("10.0.0.1:6379");
    assertThat(master.getStatus()).isEqualTo("odown");
    assertThat(master.getFlags()).contains("s_down", "o_down", "failover_in_progress");
    assertThat(master.getSentinels()).isEqualTo(3);
    assertThat(master.getConfigEpoch()).isEqualTo(7);
    assertThat(master.getFailoverState()).isEqualTo("wait_start");
    assertThat(master.getSDownTime()).isEqualTo(2000);
    assertThat(master.getLastOkPingReply()).isEqualTo(3001);
    assertThat(master.getUsableSentinels()).isNull();
  }

  @Test
  void countsWhatIsUsableBeforeItCuts() {
    List<Object> replicas = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String flags = i < 30 ? "slave,s_down" : "slave";
      replicas.add(reply("ip ::1 port " + (7000 + i) + " flags " + flags));
    }
    SentinelMaster master = master("ip ::1 port 6379 flags master");
    new MasterDetails(
            new Answered<>(replicas, 1),
            new Answered<>(
                List.of(
                    reply("ip ::1 port 26380 flags sentinel,disconnected"),
                    reply("ip ::1 port 26381 flags s_down,sentinel")),
                1),
            new Refused<>("NOQUORUM", "NOQUORUM 1 usable Sentinels."))
        .addTo(master);
    assertThat(master.getUsableSlaves()).isEqualTo(70);
    assertThat(master.getReplicas()).hasSize(64);
    assertThat(master.getReplicas())
        .first()
        .extracting(SentinelReplica::getAddress)
        .isEqualTo("[::1]:7000");
    // CKQUORUM counts a sentinel that is disconnected for a moment.
    assertThat(master.getUsableSentinels()).isEqualTo(2);
    assertThat(master.getCkquorumOk()).isFalse();
    assertThat(master.getCkquorum()).startsWith("NOQUORUM 1 usable");
  }

  @Test
  void doesNotTakeARefusalForALostQuorum() {
    SentinelMaster master = master("ip 10.0.0.1 port 6379");
    new MasterDetails(
            new Refused<>("ERR", "ERR No such master with that name"),
            new Refused<>("NOPERM", "NOPERM"),
            new Refused<>("NOPERM", "NOPERM"))
        .addTo(master);
    assertThat(master.getCkquorumOk()).isNull();
    assertThat(master.getReplicas()).isNull();
  }

  @Test
  void readsTheLinesOfInfoOfEveryRelease() {
    for (String release :
        List.of(
            "redis-2.8.19",
            "redis-5.0",
            "redis-7.0.15",
            "redis-8.0-preview",
            "valkey-8.0.1",
            "redis-8.0.2",
            "valkey-8.1.1",
            "valkey-9.1.2")) {
      SentinelView view = SentinelInfo.read(GoldenReplies.read(release + "/sentinel-info.txt"));
      assertThat(view.getSentinelMasters()).as(release).isEqualTo(1);
      assertThat(view.getSentinelTilt()).isFalse();
      assertThat(view.getMasters()).hasSize(1);
      SentinelMaster master = view.getMasters().get(0);
      assertThat(master.getName()).isEqualTo("mymaster");
      assertThat(master.getStatus()).isEqualTo("ok");
      assertThat(master.getAddress()).isEqualTo("127.0.0.1:6379");
      assertThat(master.getSlaves()).isEqualTo(1);
      assertThat(master.getSentinels()).isEqualTo(1);
    }
  }

  @Property(tries = 300)
  void takesAnything(@ForAll List<byte[]> words, @ForAll byte[] text) {
    List<Object> elements = new ArrayList<>(words);
    elements.add(List.of("name".getBytes(UTF_8), text, "flags".getBytes(UTF_8), text));
    elements.add(3L);
    SentinelReading.masters(elements);
    SentinelReading.replicas(elements);
    SentinelReading.peers(elements);
    assertThat(SentinelInfo.read(text).getMasters()).isNotNull();
  }
}
