package io.emberwatch.collector.sentinel;

import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.SentinelMaster;
import io.emberwatch.schemas.SentinelPeer;
import io.emberwatch.schemas.SentinelReplica;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the replies of SENTINEL MASTERS, REPLICAS and SENTINELS. Pure; takes anything. */
public final class SentinelReading {

  /** Primaries kept of one sentinel. */
  public static final int MAX_MASTERS = 512;

  /** Replicas kept of one primary. */
  static final int MAX_REPLICAS = 64;

  /** Other sentinels kept of one primary. */
  static final int MAX_PEERS = 32;

  private static final int MAX_FLAGS = 16;

  private SentinelReading() {}

  /** The primaries of SENTINEL MASTERS, by name. */
  public static List<SentinelMaster> masters(List<Object> reply) {
    return reply.stream()
        .map(ReplyFields::of)
        .map(SentinelReading::master)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(SentinelMaster::getName))
        .limit(MAX_MASTERS)
        .toList();
  }

  /** The replicas of SENTINEL REPLICAS, those that are down first. */
  public static List<SentinelReplica> replicas(List<Object> reply) {
    return reply.stream()
        .map(ReplyFields::of)
        .map(SentinelReading::replica)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing((SentinelReplica replica) -> isUsable(replica.getFlags()))
                .thenComparing(SentinelReplica::getAddress))
        .toList();
  }

  /** The other sentinels of SENTINEL SENTINELS, those that are down first. */
  public static List<SentinelPeer> peers(List<Object> reply) {
    return reply.stream()
        .map(ReplyFields::of)
        .map(SentinelReading::peer)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing((SentinelPeer peer) -> isUp(peer.getFlags()))
                .thenComparing(SentinelPeer::getAddress))
        .toList();
  }

  /** Whether a sentinel takes it for alive, as CKQUORUM counts. */
  static boolean isUp(List<String> flags) {
    return !flags.contains("s_down") && !flags.contains("o_down");
  }

  /** Whether it is alive and connected. */
  static boolean isUsable(List<String> flags) {
    return isUp(flags) && !flags.contains("disconnected");
  }

  private static @Nullable SentinelMaster master(ReplyFields fields) {
    String name = fields.text("name");
    if (name == null || name.isEmpty()) {
      return null;
    }
    List<String> flags = flags(fields);
    SentinelMaster master = new SentinelMaster();
    master.setName(name);
    master.setAddress(address(fields, "ip", "port"));
    master.setStatus(status(flags));
    master.setRunid(fields.text("runid"));
    master.setFlags(flags);
    master.setQuorum(fields.number("quorum"));
    Long others = fields.number("num-other-sentinels");
    master.setSentinels(others == null ? null : others + 1);
    master.setSlaves(fields.number("num-slaves"));
    master.setConfigEpoch(fields.number("config-epoch"));
    master.setFailoverState(fields.text("failover-state"));
    master.setSDownTime(fields.number("s-down-time"));
    master.setODownTime(fields.number("o-down-time"));
    master.setDownAfterMilliseconds(fields.number("down-after-milliseconds"));
    master.setFailoverTimeout(fields.number("failover-timeout"));
    master.setParallelSyncs(fields.number("parallel-syncs"));
    master.setLastOkPingReply(fields.number("last-ok-ping-reply"));
    master.setLastPingReply(fields.number("last-ping-reply"));
    master.setInfoRefresh(fields.number("info-refresh"));
    master.setRoleReported(fields.text("role-reported"));
    return master;
  }

  private static @Nullable SentinelReplica replica(ReplyFields fields) {
    String address = address(fields, "ip", "port");
    if (address == null) {
      return null;
    }
    SentinelReplica replica = new SentinelReplica();
    replica.setAddress(address);
    replica.setFlags(flags(fields));
    replica.setMasterLinkStatus(fields.text("master-link-status"));
    replica.setMasterLinkDownTime(fields.number("master-link-down-time"));
    replica.setMasterAddress(address(fields, "master-host", "master-port"));
    replica.setSlaveReplOffset(fields.number("slave-repl-offset"));
    replica.setSlavePriority(fields.number("slave-priority"));
    Long announced = fields.number("replica-announced");
    replica.setReplicaAnnounced(announced == null ? null : announced != 0);
    replica.setLastOkPingReply(fields.number("last-ok-ping-reply"));
    replica.setInfoRefresh(fields.number("info-refresh"));
    return replica;
  }

  private static @Nullable SentinelPeer peer(ReplyFields fields) {
    String address = address(fields, "ip", "port");
    if (address == null) {
      return null;
    }
    SentinelPeer peer = new SentinelPeer();
    peer.setAddress(address);
    peer.setRunid(fields.text("runid"));
    peer.setFlags(flags(fields));
    peer.setLastOkPingReply(fields.number("last-ok-ping-reply"));
    peer.setLastHelloMessage(fields.number("last-hello-message"));
    peer.setVotedLeader(fields.text("voted-leader"));
    peer.setVotedLeaderEpoch(fields.number("voted-leader-epoch"));
    return peer;
  }

  private static String status(List<String> flags) {
    return flags.contains("o_down") ? "odown" : flags.contains("s_down") ? "sdown" : "ok";
  }

  private static List<String> flags(ReplyFields fields) {
    String flags = fields.text("flags");
    return flags == null
        ? List.of()
        : Stream.of(flags.split(",", MAX_FLAGS)).filter(flag -> !flag.isEmpty()).toList();
  }

  /** {@code host:port}, with an IPv6 address in brackets; null for none. */
  private static @Nullable String address(ReplyFields fields, String host, String port) {
    String name = fields.text(host);
    Long number = fields.number(port);
    return name == null || name.isEmpty() || number == null || number < 1 || number > 65_535
        ? null
        : Announcement.address(name, number.toString());
  }
}
