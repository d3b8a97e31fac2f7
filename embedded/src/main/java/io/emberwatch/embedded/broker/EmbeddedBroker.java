package io.emberwatch.embedded.broker;

import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.process.ServerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and KRaft controller combined, in this JVM. It is the production server
 * class with the newest production metadata version, so classic, consumer, share and streams
 * groups, transactions and compaction behave as on a real cluster of one.
 *
 * <p>Data lie in the folder and survive a restart and a killed process. The port stays the same for
 * the same folder, unless a port is named. Topics are never created automatically. It listens on
 * loopback only, without authentication.
 *
 * <p>As in production, Kafka halts its JVM when it cannot go on, for instance when its folder is
 * deleted under it: close the broker before deleting.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final ServerFolder folder;
  private final int port;
  private final Settings settings;
  private final KafkaRaftServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(ServerFolder folder, int port, Settings settings) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
    this.server = create();
  }

  /**
   * What to start.
   *
   * @param dataFolder where the log and the port are kept; created if missing
   * @param port loopback port, 1 to 65535; 0 = the one used before in this folder, else a free one
   * @param startTimeout bound on the whole start
   * @param closeTimeout bound on an orderly close
   * @param overrides Kafka server properties that win over ours
   */
  public record Settings(
      Path dataFolder,
      int port,
      Duration startTimeout,
      Duration closeTimeout,
      Map<String, String> overrides) {

    /** Copies the overrides. */
    public Settings {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
      }
      overrides = Map.copyOf(overrides);
    }

    /** Defaults: port as remembered or free, 60 s to start, 20 s to close. */
    public static Settings in(Path dataFolder) {
      return new Settings(dataFolder, 0, Duration.ofSeconds(60), Duration.ofSeconds(20), Map.of());
    }

    /** The same with another port. */
    public Settings withPort(int newPort) {
      return new Settings(dataFolder, newPort, startTimeout, closeTimeout, overrides);
    }

    /** The same with one more Kafka server property. */
    public Settings with(String key, String value) {
      Map<String, String> more = new HashMap<>(overrides);
      more.put(key, value);
      return new Settings(dataFolder, port, startTimeout, closeTimeout, more);
    }
  }

  /**
   * Starts the broker and returns once it answers clients.
   *
   * @throws IllegalStateException when the folder or port is taken, or the broker does not answer
   */
  public static EmbeddedBroker start(Settings settings) {
    long startNanos = System.nanoTime();
    ServerFolder folder = ServerFolder.open(settings.dataFolder());
    try {
      EmbeddedBroker broker = new EmbeddedBroker(folder, folder.port(settings.port()), settings);
      broker.startAndWait();
      log.info(
          "embedded broker started bootstrap={} folder={} millis={}",
          broker.bootstrapServers(),
          settings.dataFolder(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
      return broker;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private KafkaRaftServer create() {
    Path logFolder = folder.path().resolve("log").toAbsolutePath();
    Properties properties =
        BrokerProperties.of(
            logFolder, port, FreePorts.next(), settings.startTimeout(), settings.overrides());
    if (!Files.exists(logFolder.resolve("meta.properties"))) {
      BrokerStorage.format(logFolder);
    } else if (!Files.exists(logFolder.resolve(CLEAN_SHUTDOWN_FILE))) {
      StaleRegistration.fence(properties, settings.startTimeout());
    }
    return new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
  }

  private void startAndWait() {
    try {
      server.startup();
      awaitAnswer();
    } catch (RuntimeException e) {
      shutDown();
      throw e;
    }
  }

  private void awaitAnswer() {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) settings.startTimeout().toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER_TIMEOUT.toMillis());
    try (Admin admin = Admin.create(config)) {
      admin
          .describeCluster()
          .nodes()
          .get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker does not answer on " + bootstrapServers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the broker started", e);
    }
  }

  /** Host and port for {@code bootstrap.servers}, for example {@code 127.0.0.1:15312}. */
  public String bootstrapServers() {
    return BrokerProperties.HOST + ":" + port;
  }

  /** The loopback port of the client listener. */
  public int port() {
    return port;
  }

  /**
   * Stops the broker in an orderly way, in bounded time. Its data stay. Repeated calls do nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long startNanos = System.nanoTime();
    shutDown();
    folder.close();
    log.info(
        "embedded broker closed bootstrap={} millis={}",
        bootstrapServers(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
  }

  /** Kafka's own shutdown may wait for minutes, so it gets a thread and a deadline. */
  private void shutDown() {
    Thread stopper = new Thread(server::shutdown, "embedded-broker-stop-" + port);
    stopper.setDaemon(true);
    stopper.start();
    try {
      stopper.join(settings.closeTimeout().toMillis());
      if (stopper.isAlive()) {
        log.warn(
            "embedded broker not stopped in time bootstrap={} timeout={}",
            bootstrapServers(),
            settings.closeTimeout());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
