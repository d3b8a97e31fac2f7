package io.emberwatch.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * TLS from {@code schema.registry.ssl.*}: whom to trust (truststore) and who we are (keystore).
 * Host names are always verified. PEM stores are not supported: use JKS or PKCS12.
 */
final class RegistryTls {

  private static final String PREFIX = "schema.registry.ssl.";

  private RegistryTls() {}

  /** Context with the stores that are named. Empty: none is, and Java's defaults hold. */
  static Optional<SSLContext> context(Map<String, ?> config) {
    boolean trust = text(config, "truststore.location").isPresent();
    boolean key = text(config, "keystore.location").isPresent();
    if (!trust && !key) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key ? keys(config) : null, trust ? trusted(config) : null, null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new ConfigException(PREFIX + "* cannot be used: " + e.getMessage());
    }
  }

  private static TrustManager[] trusted(Map<String, ?> config) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store(config, "truststore"));
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Map<String, ?> config) throws GeneralSecurityException {
    char @Nullable [] password = text(config, "key.password").map(String::toCharArray).orElse(null);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(
        store(config, "keystore"), password == null ? password(config, "keystore") : password);
    return factory.getKeyManagers();
  }

  private static KeyStore store(Map<String, ?> config, String kind)
      throws GeneralSecurityException {
    Path location = Path.of(text(config, kind + ".location").orElseThrow());
    KeyStore store = KeyStore.getInstance(text(config, kind + ".type").orElse("JKS"));
    try (InputStream in = Files.newInputStream(location)) {
      store.load(in, password(config, kind));
      return store;
    } catch (IOException e) {
      throw new ConfigException(
          "%s%s.location: cannot read %s: %s"
              .formatted(PREFIX, kind, location, e.getClass().getSimpleName()));
    }
  }

  private static char @Nullable [] password(Map<String, ?> config, String kind) {
    return text(config, kind + ".password").map(String::toCharArray).orElse(null);
  }

  private static Optional<String> text(Map<String, ?> config, String key) {
    return RegistryConfig.text(config, PREFIX + key);
  }
}
