package io.emberwatch.collector.sentinel;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.SentinelPeer;
import io.emberwatch.schemas.SentinelReplica;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sentinel answered about one primary.
 *
 * @param replicas of SENTINEL REPLICAS
 * @param peers of SENTINEL SENTINELS
 * @param quorum of SENTINEL CKQUORUM, which answers with an error when there is none
 */
public record MasterDetails(
    ProbeOutcome<List<Object>> replicas,
    ProbeOutcome<List<Object>> peers,
    ProbeOutcome<byte[]> quorum) {

  private static final int MAX_TEXT = 200;

  /** All three outcomes. */
  public Stream<ProbeOutcome<?>> outcomes() {
    return Stream.of(replicas, peers, quorum);
  }

  /** Adds what was answered to the primary's record. */
  public void addTo(SentinelMaster master) {
    replicas.answer().ifPresent(reply -> addReplicas(master, reply));
    peers.answer().ifPresent(reply -> addPeers(master, reply));
    if (quorum instanceof Answered<byte[]> answered) {
      master.setCkquorumOk(true);
      String text = new String(answered.value(), StandardCharsets.UTF_8);
      master.setCkquorum(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
    } else if (quorum instanceof Refused<byte[]> refused && refused.code().equals("NOQUORUM")) {
      master.setCkquorumOk(false);
      master.setCkquorum(refused.message());
    }
  }

  private static void addReplicas(SentinelMaster master, List<Object> reply) {
    List<SentinelReplica> replicas = SentinelReading.replicas(reply);
    master.setReplicas(first(replicas, SentinelReading.MAX_REPLICAS));
    master.setUsableSlaves(
        replicas.stream().filter(one -> SentinelReading.isUsable(one.getFlags())).count());
  }

  private static void addPeers(SentinelMaster master, List<Object> reply) {
    List<SentinelPeer> peers = SentinelReading.peers(reply);
    master.setOtherSentinels(first(peers, SentinelReading.MAX_PEERS));
    master.setUsableSentinels(
        1 + peers.stream().filter(peer -> SentinelReading.isUp(peer.getFlags())).count());
  }

  private static <T> List<T> first(List<T> all, int max) {
    return all.subList(0, Math.min(all.size(), max));
  }
}
