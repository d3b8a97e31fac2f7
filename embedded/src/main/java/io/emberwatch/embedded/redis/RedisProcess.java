package io.emberwatch.embedded.redis;

import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real {@code redis-server} child process on loopback, with a temporary folder of its own. It is
 * killed at the latest when this JVM ends. Configuration and passwords go through a file that only
 * its user can read, never through process arguments.
 */
public final class RedisProcess implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final Logger log = LoggerFactory.getLogger(RedisProcess.class);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final RedisBinary binary;
  private final Path folder;
  private final int port;
  private final boolean sentinel;
  private final @Nullable String password;
  private final Duration startTimeout;
  private ChildProcess process;

  private RedisProcess(Builder builder, Path folder) {
    this.binary = builder.binary != null ? builder.binary : RedisBinary.preferred();
    this.folder = folder;
    this.port = builder.port != 0 ? builder.port : FreePorts.next();
    this.sentinel = builder.sentinel;
    this.password = builder.password;
    this.startTimeout = builder.startTimeout;
    writeConfig(builder.config);
    this.process = launch();
  }

  /** A server with default configuration. */
  public static RedisProcess start() {
    return builder().start();
  }

  /** What to start. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what to start; not reusable. */
  public static final class Builder {
    private final RedisConfig config = new RedisConfig();
    private @Nullable RedisBinary binary;
    private int port;
    private boolean sentinel;
    private @Nullable String password;
    private Duration startTimeout = Duration.ofSeconds(20);

    private Builder() {}

    /** The program; {@link RedisBinary#preferred()} by default. */
    public Builder binary(RedisBinary newBinary) {
      binary = newBinary;
      return this;
    }

    /** A fixed port; 0, the default, is a free one. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /** One line of redis.conf, for example {@code directive("maxmemory", "10mb")}. */
    public Builder directive(String name, String... values) {
      config.add(name, List.of(values));
      return this;
    }

    /** Requires this password of clients and replicas. */
    public Builder password(String newPassword) {
      password = newPassword;
      config.add("requirepass", List.of(newPassword));
      return this;
    }

    /** Replicates another server, with its password if it has one. */
    public Builder replicaOf(RedisProcess primary) {
      // The old name of replicaof, which every release accepts.
      config.add("slaveof", List.of(HOST, Integer.toString(primary.port)));
      if (primary.password != null) {
        config.add("masterauth", List.of(primary.password));
      }
      return this;
    }

    /** Runs as a sentinel; name its masters with {@code directive("sentinel", "monitor", ...)}. */
    public Builder sentinel() {
      sentinel = true;
      return this;
    }

    /** Bound on the wait for the first answer; 20 s by default. */
    public Builder startTimeout(Duration newTimeout) {
      startTimeout = newTimeout;
      return this;
    }

    /**
     * Starts the server and returns once it answers PING.
     *
     * @throws IllegalStateException with the server's last output when it does not
     */
    public RedisProcess start() {
      try {
        Path folder = Files.createTempDirectory("emberwatch-redis-data-");
        RedisProcess redis = new RedisProcess(this, folder);
        redis.awaitAnswer();
        return redis;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot create a folder for Redis", e);
      }
    }
  }

  private void writeConfig(RedisConfig config) {
    Path file = folder.resolve("redis.conf");
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, config.text(port, folder, sentinel));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private ChildProcess launch() {
    List<String> command = new ArrayList<>();
    command.add(binary.path().toString());
    command.add(folder.resolve("redis.conf").toString());
    if (sentinel) {
      command.add("--sentinel");
    }
    return ChildProcess.start(command, folder, folder.resolve("output.log"));
  }

  private void awaitAnswer() {
    long deadlineNanos = System.nanoTime() + startTimeout.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
        String tail = process.outputTail();
        close();
        throw new IllegalStateException(
            "redis on port " + port + " does not answer; its last output:\n" + tail);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    log.info("redis started port={} pid={} binary={}", port, pid(), binary.path().getFileName());
  }

  private boolean answers() {
    try (RespConnection connection = connect(ANSWER_TIMEOUT)) {
      return connection.text("PING").equals("PONG");
    } catch (IOException | RespConnection.RespError notYet) {
      return false;
    }
  }

  /** A new connection, authenticated when this server has a password. */
  public RespConnection connect(Duration timeout) throws IOException {
    RespConnection connection = RespConnection.open(HOST, port, timeout);
    if (password != null) {
      try {
        connection.call("AUTH", password);
      } catch (IOException | RespConnection.RespError e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /** Sends one command on a connection of its own; see {@link RespConnection#call(String...)}. */
  public @Nullable Object call(String... arguments) {
    try (RespConnection connection = connect(STOP_TIMEOUT)) {
      return connection.call(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(arguments[0] + " failed on port " + port, e);
    }
  }

  /** The text of INFO, one section or {@code everything}. */
  public String info(String section) {
    return String.valueOf(call("INFO", section));
  }

  /** The loopback address. */
  public String host() {
    return HOST;
  }

  /** The TCP port; the same after a restart. */
  public int port() {
    return port;
  }

  /** For example {@code redis://127.0.0.1:15312}; without the password. */
  public String uri() {
    return "redis://" + HOST + ":" + port;
  }

  /** The process id; another one after a restart. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public synchronized boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: the server has no chance to save or to say goodbye. */
  public synchronized void kill() {
    process.kill();
    log.info("redis killed port={}", port);
  }

  /** SIGTERM: the server saves first when it has save points. */
  public synchronized void stop() {
    process.stop(STOP_TIMEOUT);
    log.info("redis stopped port={}", port);
  }

  /** Starts again on the same port and folder, after an orderly stop when it still runs. */
  public synchronized void restart() {
    if (process.isAlive()) {
      stop();
    }
    process = launch();
    awaitAnswer();
  }

  /** Stops the server and removes its folder. */
  @Override
  public synchronized void close() {
    process.kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException alreadyRemoved) {
      log.debug("folder already removed folder={}", folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }

  @Override
  public String toString() {
    return "RedisProcess[" + uri() + "]";
  }
}
