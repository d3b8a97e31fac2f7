package io.emberwatch.local.demo;

import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import io.emberwatch.schemas.CauseClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The faults of the demo, in the order in which it injects them. */
final class Faults {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Bytes of one filler value: large enough to fill quickly, small enough to stop near a level. */
  private static final int FILLER_BYTES = 32 << 10;

  /** Share of maxmemory to fill to: above memory_high's critical level, below eviction. */
  private static final double FILL_LEVEL = 0.92;

  /** Microseconds the slow script should take: three times the warning level. */
  private static final long SLOW_MICROS = 300_000;

  private Faults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "memory fill",
            "The primary's memory is filled to 92 % of maxmemory.",
            Set.of("memory_high"),
            CauseClass.MEMORY,
            Faults::fillMemory),
        new Fault(
            "evictions",
            "Writes go on at the limit, so keys are evicted.",
            Set.of("evictions"),
            CauseClass.MEMORY,
            Faults::evict),
        new Fault(
            "connection flood",
            "A leaking pool opens connections up to 95 % of maxclients.",
            Set.of("connections_high"),
            CauseClass.NETWORK,
            Faults::floodConnections),
        new Fault(
            "slow command",
            "A script blocks the primary for a third of a second.",
            Set.of("slow_command_extreme"),
            CauseClass.CPU,
            Faults::runSlowScript),
        new Fault(
            "replica link cut",
            "The replica loses its primary.",
            Set.of("replica_link_down"),
            CauseClass.REPLICATION,
            Faults::cutReplicaLink),
        new Fault(
            "kill -9 of the primary",
            "The primary's process is killed.",
            Set.of("instance_down"),
            CauseClass.AVAILABILITY,
            Faults::killPrimary));
  }

  private static Fault.Injection fillMemory(DemoRedis servers) throws IOException {
    try (RespConnection connection = servers.primary().connect(TIMEOUT)) {
      int key = 0;
      while (memoryShare(connection) < FILL_LEVEL) {
        for (int i = 0; i < 16; i++) {
          write(connection, "demo:fill:" + key++);
        }
      }
    }
    return () -> flush(servers.primary());
  }

  private static Fault.Injection evict(DemoRedis servers) throws IOException {
    RespConnection connection = servers.primary().connect(TIMEOUT);
    Load load =
        Load.start(
            "demo-evictions", Duration.ofMillis(2), i -> write(connection, "demo:evict:" + i));
    return () -> {
      load.close();
      connection.close();
      flush(servers.primary());
    };
  }

  private static Fault.Injection floodConnections(DemoRedis servers) throws IOException {
    List<RespConnection> connections = new ArrayList<>();
    Fault.Injection closeAll =
        () -> {
          for (RespConnection connection : connections) {
            connection.close();
          }
        };
    int wanted = (int) (DemoRedis.MAX_CLIENTS * 0.95) - connectedClients(servers.primary());
    try {
      for (int i = 0; i < wanted; i++) {
        connections.add(servers.primary().connect(TIMEOUT));
      }
    } catch (IOException e) {
      closeAll.close();
      throw e;
    }
    return closeAll;
  }

  /** Runs an empty loop in Lua, made longer until it takes long enough on this machine. */
  private static Fault.Injection runSlowScript(DemoRedis servers) throws IOException {
    try (RespConnection connection = servers.primary().connect(TIMEOUT)) {
      long turns = 4_000_000;
      long micros = 0;
      while (micros < SLOW_MICROS) {
        long begin = System.nanoTime();
        connection.call("EVAL", "for i = 1, tonumber(ARGV[1]) do end", "0", Long.toString(turns));
        micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        turns = Math.max(turns * 2, (long) (turns * 1.2 * SLOW_MICROS / Math.max(1, micros)));
      }
    }
    return () -> {};
  }

  private static Fault.Injection cutReplicaLink(DemoRedis servers) throws IOException {
    servers.replica().call("REPLICAOF", "127.0.0.1", Integer.toString(FreePorts.next()));
    return () ->
        servers
            .replica()
            .call(
                "REPLICAOF", servers.primary().host(), Integer.toString(servers.primary().port()));
  }

  private static Fault.Injection killPrimary(DemoRedis servers) {
    servers.primary().kill();
    return () -> servers.primary().restart();
  }

  private static void write(RespConnection connection, String key) throws IOException {
    byte[] value = new byte[FILLER_BYTES];
    Arrays.fill(value, (byte) 'x');
    connection.call(List.of(bytes("SET"), bytes(key), value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void flush(RedisProcess server) {
    server.call("FLUSHALL");
  }

  private static double memoryShare(RespConnection connection) throws IOException {
    String info = connection.text("INFO", "memory");
    return (double) field(info, "used_memory") / DemoRedis.MAX_MEMORY_BYTES;
  }

  private static int connectedClients(RedisProcess server) {
    return (int) field(server.info("clients"), "connected_clients");
  }

  private static long field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("INFO has no field " + name));
  }
}
