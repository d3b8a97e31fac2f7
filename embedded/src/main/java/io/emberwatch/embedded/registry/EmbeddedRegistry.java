package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.emberwatch.embedded.process.ServerFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for Avro in this JVM, on loopback, with the part of Confluent's REST API that
 * clients use to register, look up and check schemas. Without: deleting, references, modes,
 * contexts, other schema types. The default level is BACKWARD_TRANSITIVE.
 *
 * <p>Schemas, ids and levels lie in a journal in the folder and survive a restart and a killed
 * process. The port stays the same for the same folder, unless a port is named.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final int THREADS = 4;
  private static final int WAITING_REQUESTS = 256;

  private final ServerFolder folder;
  private final SchemaStore store;
  private final HttpServer server;
  private final ThreadPoolExecutor executor;

  private EmbeddedRegistry(
      ServerFolder folder, SchemaStore store, HttpServer server, ThreadPoolExecutor executor) {
    this.folder = folder;
    this.store = store;
    this.server = server;
    this.executor = executor;
  }

  /**
   * What to start.
   *
   * @param dataFolder where the journal and the port are kept; created if missing
   * @param port loopback port; 0 = the one used before in this folder, else a free one
   * @param credentials what clients must send as basic auth; null = anyone may come
   */
  public record Settings(Path dataFolder, int port, @Nullable Credentials credentials) {
    /** Defaults: port as remembered or free, no credentials. */
    public static Settings in(Path dataFolder) {
      return new Settings(dataFolder, 0, null);
    }

    /** The same with another port. */
    public Settings withPort(int newPort) {
      return new Settings(dataFolder, newPort, credentials);
    }

    /** The same with basic auth. */
    public Settings withBasicAuth(String user, String password) {
      return new Settings(dataFolder, port, new Credentials(user, password));
    }
  }

  /**
   * Starts the registry; it answers when this returns.
   *
   * @throws IllegalStateException when the folder or port is taken, or the journal is damaged
   */
  public static EmbeddedRegistry start(Settings settings) {
    ServerFolder folder = ServerFolder.open(settings.dataFolder());
    try {
      return start(settings, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static EmbeddedRegistry start(Settings settings, ServerFolder folder) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), folder.port(settings.port()));
    ObjectMapper json = new ObjectMapper();
    SchemaStore store =
        new SchemaStore(RegistryJournal.open(folder.path().resolve("registry.jsonl"), json), json);
    try {
      HttpServer server = HttpServer.create(address, WAITING_REQUESTS);
      RegistryRoutes routes = new RegistryRoutes(store, json);
      server.createContext("/", new RegistryHandler(routes, settings.credentials(), json));
      ThreadPoolExecutor executor = executor();
      server.setExecutor(executor);
      server.start();
      EmbeddedRegistry registry = new EmbeddedRegistry(folder, store, server, executor);
      log.info("registry started url={} subjects={}", registry.url(), store.subjects().size());
      return registry;
    } catch (IOException e) {
      store.close();
      throw new UncheckedIOException("cannot listen on " + address, e);
    }
  }

  private static ThreadPoolExecutor executor() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_REQUESTS),
        task -> {
          Thread thread = new Thread(task, "embedded-registry-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** For {@code schema.registry.url}, for example {@code http://127.0.0.1:15081}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The loopback port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops answering. The data stay. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    store.close();
    folder.close();
    log.info("registry closed port={}", server.getAddress().getPort());
  }
}
