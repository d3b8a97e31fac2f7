package io.emberwatch.collector.connect;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.RedisURI;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the certificates end that servers showed in their last handshakes. Lettuce tells a channel
 * nothing but the address that it goes to, so that is the key; an entry stays until the connect
 * that it is for takes it, and there is at most one for each address. Thread-safe.
 */
final class ServerCertificates {

  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificates.class);

  private final Map<String, Instant> notAfter = new ConcurrentHashMap<>();

  /** Looks at the handshake of this channel, if there is to be one. */
  void watch(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    String address = channel.attr(ConnectionBuilder.REDIS_URI).get();
    if (tls != null && address != null) {
      tls.handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  read(tls, address);
                }
              });
    }
  }

  /** End of the certificate that this server just showed; empty for a plain connection. */
  Optional<Instant> take(RedisURI uri) {
    return Optional.ofNullable(notAfter.remove(uri.toString()));
  }

  private void read(SslHandler tls, String address) {
    try {
      if (tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate leaf) {
        notAfter.put(address, leaf.getNotAfter().toInstant());
      }
    } catch (SSLPeerUnverifiedException anonymous) {
      LOG.debug("event=no_server_certificate address={}", address);
    }
  }
}
