package io.emberwatch.collector.target;

import io.emberwatch.collector.target.TlsSettings.ClientCertificate;
import io.emberwatch.collector.target.TlsSettings.Verify;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code tls} of one level, with its settings kept even while it is off, since an
 * address with {@code rediss://} turns it on.
 */
public record TlsChoice(boolean enabled, TlsSettings settings) {

  static final TlsChoice OFF = new TlsChoice(false, TlsSettings.DEFAULTS);

  /** To write the section is to turn TLS on, unless it says {@code enabled: false}. */
  static TlsChoice read(ConfigReader node, TlsChoice above) {
    Optional<ConfigReader> section = node.optionalSection("tls");
    if (section.isEmpty()) {
      return above;
    }
    ConfigReader tls = section.get();
    TlsSettings settings =
        new TlsSettings(
            file(tls, "authorities").or(() -> above.settings.authorities()),
            certificate(tls).or(() -> above.settings.client()),
            tls.choice("verify", Verify.class, above.settings.verify()));
    return new TlsChoice(tls.bool("enabled", true), settings);
  }

  private static Optional<ClientCertificate> certificate(ConfigReader tls) {
    Optional<Path> chain = file(tls, "certificate");
    Optional<Secret> key = tls.secret("key");
    if (tls.has("certificate") != tls.has("key")) {
      tls.problem(tls.has("key") ? "key" : "certificate", "certificate and key are given together");
    }
    return chain.flatMap(path -> key.map(secret -> new ClientCertificate(path, secret)));
  }

  /** A file that can be read, relative to the targets file. */
  private static Optional<Path> file(ConfigReader tls, String key) {
    Optional<String> text = tls.optionalString(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(tls.place().file()).resolveSibling(text.get());
      if (tls.isForHere() && !Files.isReadable(file)) {
        tls.problem(key, "cannot read the file " + file);
      }
      return Optional.of(file);
    } catch (InvalidPathException e) {
      tls.problem(key, "not a file name");
      return Optional.empty();
    }
  }
}
