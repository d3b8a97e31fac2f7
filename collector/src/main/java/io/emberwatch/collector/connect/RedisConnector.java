package io.emberwatch.collector.connect;

import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TlsSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections, named {@code emberwatch-<collector id>}, that share two I/O threads. It never
 * reconnects: when to try again is the caller's decision. RESP2 only, since HELLO is unknown before
 * 6.0 and is counted there as an error of the server's. Passwords, keys and certificates are read
 * at each connect. Thread-safe.
 *
 * <p>Its buffers are direct memory: next to none for a connection that waits, up to {@link
 * ReplyLimit#LIMIT_BYTES} for one that is being answered.
 */
public final class RedisConnector implements AutoCloseable {

  private static final int IO_THREADS = 2;

  /** Commands of one poll are a dozen; more waiting means that nobody reads. */
  private static final int MAX_QUEUED_COMMANDS = 128;

  private final String clientName;
  private final Duration timeout;
  private final ClientResources polling;
  private final ClientResources listening;
  private final Opener poller;
  private final Opener listener;

  /** A client, and how its channels are made. */
  private record Opener(RedisClient client, ChannelSetup setup) {}

  /**
   * @param collectorId ends the connections' name; without spaces
   * @param timeout bound on a connect, login included
   */
  public RedisConnector(String collectorId, Duration timeout) {
    this.clientName = "emberwatch-" + collectorId;
    this.timeout = timeout;
    ConnectionBuffers buffers = new ConnectionBuffers(IO_THREADS);
    ChannelSetup subscriptions = ChannelSetup.ofSubscriptions(buffers);
    this.listening =
        DefaultClientResources.builder()
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(IO_THREADS)
            .nettyCustomizer(subscriptions)
            .build();
    ChannelSetup polls = ChannelSetup.ofPolls(buffers);
    this.polling = listening.mutate().nettyCustomizer(polls).build();
    this.poller = new Opener(RedisClient.create(polling), polls);
    this.listener = new Opener(RedisClient.create(listening), subscriptions);
  }

  /** Connects and logs in; fails with what {@link Faults#ofConnect} can class. */
  public CompletableFuture<Exchange> connect(Target target) {
    return open(poller, target);
  }

  /** As {@link #connect}, for {@link Exchange#subscribe}: messages are taken out of the stream. */
  public CompletableFuture<Exchange> listen(Target target) {
    return open(listener, target);
  }

  /** Closes all connections and threads. */
  @Override
  public void close() {
    poller.client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    listener.client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    // They share their threads; each has to be told.
    polling.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    listening.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private CompletableFuture<Exchange> open(Opener opener, Target target) {
    TlsHandshake handshake = new TlsHandshake();
    try {
      return connecting(opener, target, handshake)
          .thenCompose(connection -> encrypted(new Exchange(connection, handshake), handshake))
          .thenApply(this::named)
          .exceptionallyCompose(fault -> CompletableFuture.failedFuture(handshake.explain(fault)));
    } catch (RuntimeException unreadable) {
      return CompletableFuture.failedFuture(unreadable);
    }
  }

  /** Lettuce has a connection ready before TLS is, unless it has to log in. */
  private static CompletableFuture<Exchange> encrypted(Exchange made, TlsHandshake handshake) {
    return handshake
        .over()
        .handle(
            (done, fault) -> {
              if (fault != null) {
                made.close();
                throw new CompletionException(fault);
              }
              return made;
            });
  }

  /**
   * Not in Lettuce's handshake, which hides what broke it. A user who may not name the connection
   * is no fault, so the answer is not looked at.
   */
  private Exchange named(Exchange exchange) {
    CompletableFuture<?> unused = exchange.bytes(CommandType.CLIENT, "SETNAME", clientName);
    return exchange;
  }

  /**
   * One client serves targets of all settings, since it takes its options, and its setup the
   * handshake, as they are when a connect begins: a client for each setting would have to be closed
   * when its last target goes.
   */
  private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting(
      Opener opener, Target target, TlsHandshake handshake) {
    RedisURI uri = uri(target).build();
    ClientOptions options = options(target.tls());
    synchronized (opener) {
      opener.setup.expect(handshake);
      opener.client.setOptions(options);
      return opener.client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
    }
  }

  private ClientOptions options(Optional<TlsSettings> tls) {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            // PING is refused while a server loads its dataset; INFO is not.
            .pingBeforeActivateConnection(false)
            .protocolVersion(ProtocolVersion.RESP2)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_QUEUED_COMMANDS)
            .decodeBufferPolicy(new ReadBufferPolicy())
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .timeoutOptions(TimeoutOptions.create())
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build());
    tls.ifPresent(settings -> options.sslOptions(ssl(settings)));
    return options.build();
  }

  private SslOptions ssl(TlsSettings tls) {
    SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(timeout);
    tls.authorities().ifPresent(file -> ssl.trustManager(file.toFile()));
    tls.client()
        .ifPresent(
            certificate ->
                ssl.keyManager(
                    SslOptions.Resource.from(certificate.chain().toFile()),
                    () ->
                        new ByteArrayInputStream(
                            certificate.key().reveal().getBytes(StandardCharsets.UTF_8)),
                    new char[0]));
    return ssl.build();
  }

  private RedisURI.Builder uri(Target target) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(target.host())
            .withPort(target.port())
            .withTimeout(timeout)
            // CLIENT SETINFO is an unknown command before 7.2, counted as the server's error.
            .withLibraryName("")
            .withLibraryVersion("");
    target.credentials().ifPresent(login -> authenticate(uri, login));
    target.tls().ifPresent(tls -> uri.withSsl(true).withVerifyPeer(verifyMode(tls)));
    return uri;
  }

  private static void authenticate(RedisURI.Builder uri, Credentials login) {
    char[] password = login.password().revealChars();
    login
        .user()
        .ifPresentOrElse(
            user -> uri.withAuthentication(user, password), () -> uri.withPassword(password));
  }

  private static SslVerifyMode verifyMode(TlsSettings tls) {
    return switch (tls.verify()) {
      case FULL -> SslVerifyMode.FULL;
      case CHAIN -> SslVerifyMode.CA;
      case NONE -> SslVerifyMode.NONE;
    };
  }
}
