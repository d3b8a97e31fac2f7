package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards a server. Files are PEM and read at each connect.
 *
 * @param authorities certificates that are trusted; empty for those of the Java runtime
 * @param client certificate to show; empty when the server does not ask for one
 * @param verify how the server's certificate is checked
 */
public record TlsSettings(
    Optional<Path> authorities, Optional<ClientCertificate> client, Verify verify) {

  /** The authorities of the Java runtime, no certificate of our own, all is checked. */
  static final TlsSettings DEFAULTS =
      new TlsSettings(Optional.empty(), Optional.empty(), Verify.FULL);

  /** How a server's certificate is checked. */
  public enum Verify {
    /** Signed by a trusted authority, for the host's name. */
    FULL,
    /** Signed by a trusted authority, for any name. */
    CHAIN,
    /** Not at all: encrypted, but to anyone. */
    NONE
  }

  /**
   * A certificate of the collector's own.
   *
   * @param chain PEM file of the certificate and its intermediates
   * @param key source of the PEM text of its PKCS#8 key
   */
  public record ClientCertificate(Path chain, Secret key) {}
}
