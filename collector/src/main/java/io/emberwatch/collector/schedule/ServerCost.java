package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Containers;
import io.emberwatch.schemas.CommandStats;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What our commands cost a server, by its own figures: those that we sent since the former look,
 * each at the mean time that the server took for one of its kind. Others send the same commands, so
 * their number is ours and only the mean is the server's. Pure.
 *
 * @param sent commands of ours so far on this connection, by name
 * @param stats calls and microseconds of the server so far, by name; of our commands only
 */
record ServerCost(Map<String, Long> sent, Map<String, Spent> stats, Instant at) {

  /** Calls of a command, and the time they took. */
  record Spent(long calls, long usec) {
    private static final Spent NOTHING = new Spent(0, 0);
  }

  static ServerCost of(Map<String, Long> sent, List<CommandStats> commands, Instant at) {
    Set<String> ours = new HashSet<>(sent.keySet());
    sent.keySet().forEach(name -> ours.add(Containers.of(name)));
    Map<String, Spent> stats = new HashMap<>();
    for (CommandStats command : commands) {
      if (command.getCalls() != null
          && command.getUsec() != null
          && ours.contains(command.getCommand())) {
        stats.put(command.getCommand(), new Spent(command.getCalls(), command.getUsec()));
      }
    }
    return new ServerCost(sent, Map.copyOf(stats), at);
  }

  /** Share of the server's thread since an earlier look of the same connection; empty at once. */
  OptionalDouble shareSince(ServerCost before) {
    long elapsedMicros = Duration.between(before.at, at).toNanos() / 1000;
    if (elapsedMicros <= 0) {
      return OptionalDouble.empty();
    }
    double usec = 0;
    for (Map.Entry<String, Long> ours : sent.entrySet()) {
      long count = ours.getValue() - before.sent.getOrDefault(ours.getKey(), 0L);
      usec += count * meanUsec(ours.getKey(), before);
    }
    return OptionalDouble.of(usec / elapsedMicros);
  }

  /** Before 7.0 the subcommands of a container are counted as one. */
  private double meanUsec(String name, ServerCost before) {
    String counted = stats.containsKey(name) ? name : Containers.of(name);
    Spent now = stats.getOrDefault(counted, Spent.NOTHING);
    Spent then = before.stats.getOrDefault(counted, Spent.NOTHING);
    boolean reset = now.calls() < then.calls() || now.usec() < then.usec();
    long calls = reset ? now.calls() : now.calls() - then.calls();
    long usec = reset ? now.usec() : now.usec() - then.usec();
    return calls == 0 ? 0 : (double) usec / calls;
  }
}
