package io.emberwatch.collector.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What came of the TLS handshake of one connection, up to its first answer. Under TLS 1.3 our side
 * is through before the server has looked at our certificate. A refusal then comes as an alert,
 * which Lettuce drops when no command waits at that moment, or as a mere end: a server that closes
 * while we write resets the connection, and the alert can be lost with it. Stays without effect on
 * a plain connection. Written by the connection's I/O thread, read by any.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

  /** The handshake of a channel. */
  static final AttributeKey<TlsHandshake> KEY = AttributeKey.valueOf("emberwatch-tls-handshake");

  private volatile @Nullable Channel channel;
  private volatile @Nullable SslHandler tls;
  private volatile boolean answered;
  private volatile @Nullable SSLException alert;

  /** Takes its place behind the decryption, if there is one. */
  void watch(ChannelPipeline pipeline) {
    channel = pipeline.channel();
    SslHandler decryption = pipeline.get(SslHandler.class);
    if (decryption != null) {
      tls = decryption;
      pipeline.addAfter(pipeline.context(decryption).name(), "tls-handshake", this);
    }
  }

  /**
   * Completes at its end, exceptionally if it failed, on the connection's thread, and after all
   * that this thread was told before: Lettuce logs in from another one, and then hands a connection
   * out that has still to become active.
   */
  CompletableFuture<Void> over() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    SslHandler handler = tls;
    Channel opened = channel;
    if (handler != null) {
      handler
          .handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  over.complete(null);
                } else {
                  over.completeExceptionally(done.cause());
                }
              });
    } else if (opened != null) {
      opened.eventLoop().execute(() -> over.complete(null));
    } else {
      over.complete(null);
    }
    return over;
  }

  /** When the certificate ends that the server showed; empty for a plain connection. */
  Optional<Instant> certificateNotAfter() {
    return session().flatMap(TlsHandshake::notAfter);
  }

  /** What really broke the connection, of which a connect or a command says no more than this. */
  Throwable explain(Throwable fault) {
    SSLException told = alert;
    if (told != null) {
      return refused(String.valueOf(told.getMessage()));
    }
    return isUnconfirmed() && !Faults.isSilence(fault)
        ? refused("it closed the connection after the handshake, before any answer")
        : fault;
  }

  /** The server answers, so it has accepted us. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    answered = true;
    context.pipeline().remove(this);
    context.fireChannelRead(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    SSLException told = Faults.find(cause, SSLException.class);
    if (isUnconfirmed() && told != null) {
      alert = told;
    }
    super.exceptionCaught(context, cause);
  }

  /** Whether we are through, and the server may still refuse us. */
  private boolean isUnconfirmed() {
    return !answered && session().filter(now -> now.getProtocol().equals("TLSv1.3")).isPresent();
  }

  /** Empty before the end of the handshake. */
  private Optional<SSLSession> session() {
    SslHandler handler = tls;
    return handler != null && handler.handshakeFuture().isSuccess()
        ? Optional.of(handler.engine().getSession())
        : Optional.empty();
  }

  private static Optional<Instant> notAfter(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate leaf
          ? Optional.of(leaf.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException anonymous) {
      return Optional.empty();
    }
  }

  private SSLException refused(String how) {
    boolean shown = session().filter(now -> now.getLocalCertificates() != null).isPresent();
    String whom = shown ? "our client certificate" : "us without a client certificate";
    return new SSLHandshakeException("the server refused " + whom + ": " + how);
  }
}
