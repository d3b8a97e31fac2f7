package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.emberwatch.collector.target.TlsSettings;
import io.emberwatch.collector.target.TlsSettings.ClientCertificate;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.embedded.process.FreePorts;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Servers with TLS for tests, our authority and another, each with a client's certificate. */
final class TlsRedis {

  private final Certificates ours;
  private final Certificates strangers;

  /** Skips the test where the server on the PATH is missing or was built without TLS. */
  TlsRedis(Path folder) throws Exception {
    assumeThat(RedisBinary.onPath()).as("a redis-server on the PATH").isPresent();
    ours = new Certificates(folder.resolve("ours"));
    ours.sign("server", "ip:127.0.0.1");
    ours.sign("client", "dns:collector");
    strangers = new Certificates(folder.resolve("strangers"));
    strangers.sign("client", "dns:collector");
    try (RedisProcess probe = server(FreePorts.next(), "no").start()) {
      assertThat(probe.isAlive()).isTrue();
    } catch (IllegalStateException refused) {
      assumeThat(refused.getMessage()).as("a server with TLS").doesNotContain("Bad directive");
      throw refused;
    }
  }

  Certificates ours() {
    return ours;
  }

  Certificates strangers() {
    return strangers;
  }

  /** A server with a plain port for the test and a TLS port for the collector. */
  RedisProcess.Builder server(int tlsPort, String askForCertificates) throws Exception {
    return RedisProcess.builder()
        .binary(RedisBinary.onPath().orElseThrow())
        .directive("tls-port", Integer.toString(tlsPort))
        .directive("tls-cert-file", ours.chain("server").toString())
        .directive("tls-key-file", ours.key("server").toString())
        .directive("tls-ca-cert-file", ours.authority().toString())
        .directive("tls-auth-clients", askForCertificates);
  }

  /** Trusts an authority and shows no certificate. */
  static TlsSettings trusting(Certificates authority, Verify verify) throws Exception {
    return new TlsSettings(Optional.of(authority.authority()), Optional.empty(), verify);
  }

  /** Trusts our authority and shows a client's certificate. */
  TlsSettings showing(Path chain, Path key) throws Exception {
    return new TlsSettings(
        Optional.of(ours.authority()),
        Optional.of(new ClientCertificate(chain, Secret.ofFile(key))),
        Verify.FULL);
  }

  /** Trusts our authority and shows the client's certificate of one. */
  TlsSettings showing(Certificates own) throws Exception {
    return showing(own.chain("client"), own.key("client"));
  }
}
