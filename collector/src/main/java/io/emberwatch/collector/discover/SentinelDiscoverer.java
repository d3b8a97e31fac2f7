package io.emberwatch.collector.discover;

import io.emberwatch.collector.sentinel.SentinelReading;
import io.emberwatch.collector.target.Discovery;
import io.emberwatch.collector.target.DiscoveryMethod;
import io.emberwatch.collector.target.ServerAddress;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.SentinelPeer;
import io.emberwatch.schemas.SentinelReplica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The primaries that sentinels watch, with their replicas and the sentinels themselves. All
 * sentinels that are known are asked at once, since any may be dead or behind, and {@link
 * SentinelClaim} says whom to believe about a primary; those that agree are asked for its replicas.
 * A replica that is down stays until the sentinels forget it. One call at a time.
 */
final class SentinelDiscoverer implements Discoverer {

  /** Sentinels asked in one look: three to seven is usual. */
  private static final int MAX_ASKED = 16;

  /** Of these, asked for the replicas of one primary: what three say, five do not say better. */
  private static final int MAX_AGREEING = 5;

  /** Primaries whose replicas are asked for at once; a connection holds 128 questions. */
  private static final int AT_ONCE = 16;

  private final Discovery discovery;
  private final DiscoveryMethod.Sentinel method;
  private final SentinelLinks links;
  private List<ServerAddress> knownSentinels = List.of();
  private Map<String, Members> knownMembers = Map.of();

  SentinelDiscoverer(Discovery discovery, DiscoveryMethod.Sentinel method, SentinelLinks links) {
    this.discovery = discovery;
    this.method = method;
    this.links = links;
  }

  /** What belongs to one primary. */
  private record Members(List<SentinelReplica> replicas, List<SentinelPeer> sentinels) {

    static final Members NONE = new Members(List.of(), List.of());

    Members and(Members other) {
      return new Members(
          Stream.concat(replicas.stream(), other.replicas.stream()).toList(),
          Stream.concat(sentinels.stream(), other.sentinels.stream()).toList());
    }
  }

  @Override
  public CompletableFuture<List<Target>> discover() {
    Map<String, ServerAddress> candidates = new LinkedHashMap<>();
    method.seeds().forEach(seed -> candidates.putIfAbsent(seed.canonical(), seed));
    knownSentinels.forEach(known -> candidates.putIfAbsent(known.canonical(), known));
    List<CompletableFuture<SentinelLinks.Asked>> asked =
        candidates.values().stream().limit(MAX_ASKED).map(links::masters).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenCompose(done -> found(asked.stream().map(CompletableFuture::join).toList()));
  }

  @Override
  public void close() {
    links.close();
  }

  private CompletableFuture<List<Target>> found(List<SentinelLinks.Asked> asked) {
    List<SentinelAnswer> answers =
        asked.stream().map(SentinelLinks.Asked::answer).filter(Objects::nonNull).toList();
    if (answers.isEmpty()) {
      return CompletableFuture.failedFuture(new DiscoveryException(asked.get(0).fault()));
    }
    Map<String, List<SentinelClaim>> claims =
        SentinelClaim.byName(
            answers, name -> method.masters().isEmpty() || method.masters().contains(name));
    if (claims.isEmpty()) {
      return CompletableFuture.failedFuture(
          new DiscoveryException(
              answers.get(0).asked() + ": watches none of the primaries that are wanted"));
    }
    CompletableFuture<Map<String, Members>> members =
        CompletableFuture.completedFuture(new TreeMap<>());
    List<String> names = List.copyOf(claims.keySet());
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      List<String> part = names.subList(from, Math.min(names.size(), from + AT_ONCE));
      members = members.thenCompose(sofar -> members(part, claims, sofar));
    }
    return members.thenApply(all -> targets(answers, claims, all));
  }

  private CompletableFuture<Map<String, Members>> members(
      List<String> names, Map<String, List<SentinelClaim>> claims, Map<String, Members> sofar) {
    Map<String, CompletableFuture<Members>> asked = new HashMap<>();
    names.forEach(name -> asked.put(name, members(name, claims.getOrDefault(name, List.of()))));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              asked.forEach((name, answer) -> sofar.put(name, answer.join()));
              return sofar;
            });
  }

  /** Of all that agree with whom is believed: a new replica is seen by one before the others. */
  private CompletableFuture<Members> members(String name, List<SentinelClaim> claims) {
    Members former = knownMembers.getOrDefault(name, Members.NONE);
    List<CompletableFuture<Optional<Members>>> asked =
        claims.stream()
            .filter(claim -> claim.agreesWith(claims.get(0)))
            .limit(MAX_AGREEING)
            .map(claim -> members(name, claim.by()))
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                asked.stream()
                    // Of one that is silent now, as they were.
                    .map(answer -> answer.join().orElse(former))
                    .reduce(Members.NONE, Members::and));
  }

  private CompletableFuture<Optional<Members>> members(String name, SentinelAnswer by) {
    CompletableFuture<Optional<List<Object>>> replicas =
        links
            .ask(by.exchange(), "REPLICAS", name)
            .thenCompose(
                answer ->
                    answer.isPresent()
                        ? CompletableFuture.completedFuture(answer)
                        // The name before 5.0.
                        : links.ask(by.exchange(), "SLAVES", name));
    return replicas.thenCombine(
        links.ask(by.exchange(), "SENTINELS", name),
        (slaves, peers) ->
            slaves.map(
                reply ->
                    new Members(
                        SentinelReading.replicas(reply),
                        peers.map(SentinelReading::peers).orElse(List.of()))));
  }

  private List<Target> targets(
      List<SentinelAnswer> answers,
      Map<String, List<SentinelClaim>> claims,
      Map<String, Members> members) {
    knownMembers = members;
    List<Target> targets = new ArrayList<>();
    claims.forEach(
        (name, about) -> {
          Map<String, ServerAddress> servers = new LinkedHashMap<>();
          add(about.get(0).address(), servers);
          members
              .getOrDefault(name, Members.NONE)
              .replicas()
              .forEach(replica -> add(replica.getAddress(), servers));
          servers.values().forEach(address -> targets.add(server(name, address)));
        });
    Collection<ServerAddress> sentinels = sentinels(answers, members.values());
    sentinels.forEach(address -> targets.add(sentinel(address)));
    knownSentinels = List.copyOf(sentinels);
    List<ServerAddress> kept = new ArrayList<>(method.seeds());
    kept.addAll(sentinels);
    links.retain(Set.copyOf(kept));
    return targets;
  }

  /** Those that answered, and those they name; one that was asked keeps the address it has here. */
  private Collection<ServerAddress> sentinels(
      List<SentinelAnswer> answers, Collection<Members> members) {
    Map<String, ServerAddress> sentinels = new TreeMap<>();
    answers.forEach(answer -> sentinels.put(answer.asked().canonical(), answer.asked()));
    for (Members group : members) {
      for (SentinelPeer peer : group.sentinels()) {
        Optional<ServerAddress> asked = links.addressOf(peer.getRunid());
        if (asked.isPresent()) {
          sentinels.put(asked.get().canonical(), asked.get());
        } else {
          add(peer.getAddress(), sentinels);
        }
      }
    }
    return sentinels.values();
  }

  private Target server(String master, ServerAddress address) {
    return discovery.target(
        discovery.group() + "-" + master, address, Map.of("sentinels", discovery.group()));
  }

  private Target sentinel(ServerAddress address) {
    return discovery.sentinel(
        discovery.group() + "-sentinels",
        address,
        method.login(),
        Map.of("sentinels", discovery.group()));
  }

  private static void add(String text, Map<String, ServerAddress> addresses) {
    address(text).ifPresent(address -> addresses.putIfAbsent(address.canonical(), address));
  }

  /** Empty for a name that cannot be reached. A scheme, which no sentinel tells, says nothing. */
  private static Optional<ServerAddress> address(String text) {
    try {
      ServerAddress read = ServerAddress.parse(text);
      return Optional.of(ServerAddress.of(read.host(), read.port()));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
