package io.emberwatch.collector.connect;

import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TlsSettings.ClientCertificate;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The certificates that the collector itself shows to servers: when the first of them ends. Their
 * files are read at each look, so a renewed one counts at once.
 */
public final class ClientCertificates {

  private final Supplier<? extends Collection<Target>> targets;
  private final Clock clock;
  private final CheckState state;

  /** Of the targets as they are at each look. */
  public ClientCertificates(Supplier<? extends Collection<Target>> targets, Clock clock) {
    this.targets = targets;
    this.clock = clock;
    this.state = new CheckState("client-certificates", clock);
  }

  /** Seconds until the first one ends, below 0 when it has; NaN: none, or one is unreadable. */
  public double secondsLeft() {
    try {
      return firstEnd()
          .map(end -> (double) Duration.between(clock.instant(), end).toSeconds())
          .orElse(Double.NaN);
    } catch (IOException | CertificateException unreadable) {
      return Double.NaN;
    }
  }

  /** Not ok when one has ended or cannot be read. */
  public Check check() {
    try {
      Optional<Instant> end = firstEnd();
      if (end.isPresent() && !clock.instant().isBefore(end.get())) {
        state.failing("ended at " + end.get());
      } else {
        state.ok(end.map(at -> "the first ends at " + at).orElse("none"));
      }
    } catch (IOException | CertificateException unreadable) {
      state.failing("cannot be read: " + unreadable);
    }
    return state.check();
  }

  private Optional<Instant> firstEnd() throws IOException, CertificateException {
    List<Path> chains =
        targets.get().stream()
            .flatMap(target -> target.tls().stream())
            .flatMap(tls -> tls.client().stream())
            .map(ClientCertificate::chain)
            .distinct()
            .toList();
    Optional<Instant> first = Optional.empty();
    for (Path chain : chains) {
      Instant end = end(chain);
      first = Optional.of(first.filter(end::isAfter).orElse(end));
    }
    return first;
  }

  private static Instant end(Path chain) throws IOException, CertificateException {
    try (InputStream pem = Files.newInputStream(chain)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(pem)
              instanceof X509Certificate leaf
          ? leaf.getNotAfter().toInstant()
          : Instant.MAX;
    }
  }
}
