package io.emberwatch.collector.dns;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.emberwatch.collector.target.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks DNS, anew each time: nothing is cached, since how often is asked is the caller's decision. A
 * reply too long for UDP is asked for again over TCP. Names are whole names, no search domain is
 * added. One thread of its own. Thread-safe.
 */
public final class DnsLookup implements AutoCloseable {

  /** For one try; a server that is silent is left for the next. */
  private static final Duration TRY = Duration.ofMillis(1500);

  /** For all tries; a look may take 10 s. */
  private static final Duration LIMIT = Duration.ofSeconds(6);

  /** A name behind some aliases, at some servers. */
  private static final int MAX_TRIES = 6;

  /** A headless service of that many pods is no replication group. */
  private static final int MAX_RECORDS = 1024;

  /** Becomes a part of instance ids. */
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,252}");

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("dns", true), NioIoHandler.newFactory());

  private final DnsNameResolver resolver;

  /**
   * @param servers IP addresses of DNS servers; empty for those that the host is configured with
   */
  public DnsLookup(List<ServerAddress> servers) {
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(loop.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .queryTimeoutMillis(TRY.toMillis())
            .maxQueriesPerResolve(MAX_TRIES)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE);
    if (!servers.isEmpty()) {
      InetSocketAddress[] addresses =
          servers.stream()
              .map(server -> new InetSocketAddress(server.host(), server.port()))
              .toArray(InetSocketAddress[]::new);
      builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(addresses));
    }
    this.resolver = builder.build();
  }

  /** IPv4 and IPv6 addresses of a name, each with this port. Never fails. */
  public CompletableFuture<DnsAnswer> addresses(String name, int port) {
    return ask(name, DnsRecordType.A, port)
        .thenCombine(ask(name, DnsRecordType.AAAA, port), DnsAnswer::and);
  }

  /** Names and ports of a service. Never fails. */
  public CompletableFuture<DnsAnswer> services(String name) {
    return ask(name, DnsRecordType.SRV, 0);
  }

  @Override
  public void close() {
    resolver.close();
    Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private CompletableFuture<DnsAnswer> ask(String name, DnsRecordType type, int port) {
    CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
    Future<List<DnsRecord>> asked = resolver.resolveAll(new DefaultDnsQuestion(name, type));
    Future<List<DnsRecord>> unused =
        asked.addListener(
            done ->
                answer.complete(
                    asked.isSuccess()
                        ? new DnsAnswer(read(asked.getNow(), type, port), Optional.empty())
                        : new DnsAnswer(Set.of(), fault(asked.cause()))));
    return answer.completeOnTimeout(
        new DnsAnswer(Set.of(), Optional.of("no answer")), LIMIT.toMillis(), MILLISECONDS);
  }

  /** That there is no such record is an answer. */
  private static Optional<String> fault(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsNameResolverTimeoutException) {
        return Optional.of("no answer");
      }
      if (cause instanceof DnsErrorCauseException refused
          && !refused.getCode().equals(DnsResponseCode.NXDOMAIN)) {
        return Optional.of(String.valueOf(refused.getCode()));
      }
    }
    return failure instanceof UnknownHostException
        ? Optional.empty()
        : Optional.of(failure.getClass().getSimpleName());
  }

  private static Set<ServerAddress> read(List<DnsRecord> records, DnsRecordType type, int port) {
    Set<ServerAddress> addresses = new LinkedHashSet<>();
    for (DnsRecord record : records) {
      if (addresses.size() < MAX_RECORDS
          && record.type().equals(type)
          && record instanceof DnsRawRecord raw) {
        Optional<ServerAddress> address =
            type.equals(DnsRecordType.SRV) ? service(raw.content()) : host(raw.content(), port);
        address.ifPresent(addresses::add);
      }
      ReferenceCountUtil.release(record);
    }
    return addresses;
  }

  private static Optional<ServerAddress> host(ByteBuf content, int port) {
    byte[] bytes = new byte[content.readableBytes()];
    content.getBytes(content.readerIndex(), bytes);
    try {
      return Optional.of(ServerAddress.of(InetAddress.getByAddress(bytes).getHostAddress(), port));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Priority, weight and port of 2 bytes each, and a name (RFC 2782). The root is no server. */
  private static Optional<ServerAddress> service(ByteBuf content) {
    if (content.readableBytes() < 7) {
      return Optional.empty();
    }
    content.skipBytes(4);
    int port = content.readUnsignedShort();
    String name = DefaultDnsRecordDecoder.decodeName(content).toLowerCase(Locale.ROOT);
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return HOST.matcher(host).matches() && port > 0
        ? Optional.of(ServerAddress.of(host, port))
        : Optional.empty();
  }
}
