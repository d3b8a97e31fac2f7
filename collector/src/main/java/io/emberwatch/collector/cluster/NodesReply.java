package io.emberwatch.collector.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.cluster.ClusterNode.SlotMove;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reply to CLUSTER NODES, one line a node: {@code id ip:port@cport[,hostname[,name=value]]
 * flags primary ping pong epoch link slots...}. Before 4.0 without {@code @cport}. Lines that are
 * none of these are left out.
 */
public final class NodesReply {

  /** Redis Cluster is made for up to 1000 nodes. */
  private static final int MAX_NODES = 5_000;

  private static final int FIRST_SLOT_WORD = 8;
  static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<ip>[^@,]*):(?<port>\\d{1,5})(?:@\\d{1,5})?(?:,(?<hostname>[^,=]*))?(?:,.*)?");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final Pattern MOVE = Pattern.compile("\\[(\\d{1,5})-([<>])-([0-9a-f]{40})]");

  private NodesReply() {}

  /** The nodes, in the order of the reply; empty when it is none. */
  public static List<ClusterNode> parse(byte[] reply) {
    return new String(reply, UTF_8)
        .lines()
        .limit(MAX_NODES)
        .map(NodesReply::node)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ClusterNode> node(String line) {
    String[] words = line.strip().split(" +", -1);
    if (words.length < FIRST_SLOT_WORD || !ID.matcher(words[0]).matches()) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(words[1]);
    if (!address.matches()) {
      return Optional.empty();
    }
    Set<String> flags =
        Arrays.stream(words[2].split(",", -1))
            .filter(flag -> !flag.isEmpty() && !flag.equals("noflags"))
            .collect(Collectors.toSet());
    List<String> tail = Arrays.asList(words).subList(FIRST_SLOT_WORD, words.length);
    return Optional.of(
        new ClusterNode(
            words[0],
            address.group("ip"),
            Optional.ofNullable(address.group("hostname")).filter(name -> !name.isEmpty()),
            port(address.group("port")),
            flags,
            Optional.of(words[3]).filter(id -> ID.matcher(id).matches()),
            epoch(words[6]),
            words[7].equals("connected") || flags.contains("myself"),
            slots(tail),
            moves(tail)));
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    return port <= 65_535 ? port : 0;
  }

  private static long epoch(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static List<SlotRange> slots(List<String> words) {
    List<SlotRange> slots = new ArrayList<>();
    for (String word : words) {
      Matcher range = RANGE.matcher(word);
      if (range.matches()) {
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        if (first <= last && last < SlotRange.SLOTS) {
          slots.add(new SlotRange(first, last));
        }
      }
    }
    return slots;
  }

  private static List<SlotMove> moves(List<String> words) {
    List<SlotMove> moves = new ArrayList<>();
    for (String word : words) {
      Matcher move = MOVE.matcher(word);
      if (move.matches() && Integer.parseInt(move.group(1)) < SlotRange.SLOTS) {
        moves.add(
            new SlotMove(
                Integer.parseInt(move.group(1)), move.group(2).equals("<"), move.group(3)));
      }
    }
    return moves;
  }
}
