package io.emberwatch.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to reach the registry, read from Confluent's own configuration keys. Its text form shows no
 * credential.
 */
final class RegistryConfig {

  static final String URLS = "schema.registry.url";
  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String USE_LATEST = "use.latest.version";
  static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
  static final String READ_TIMEOUT = "http.read.timeout.ms";
  static final String BASIC_SOURCE = "basic.auth.credentials.source";
  static final String BASIC_USER = "basic.auth.user.info";
  static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  static final String BEARER_TOKEN = "bearer.auth.token";

  /** A registry answers in milliseconds; Confluent's 60 s would stall a stream thread that long. */
  private static final int DEFAULT_TIMEOUT_MILLIS = 5_000;

  private final List<URI> urls;
  private final boolean autoRegister;
  private final boolean useLatest;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final Optional<String> authorization;
  private final Optional<SSLContext> tls;

  private RegistryConfig(Map<String, ?> config) {
    List<URI> named = urls(config);
    this.authorization = authorization(config, named.get(0));
    this.urls = named.stream().map(RegistryConfig::withoutUserInfo).toList();
    this.autoRegister = flag(config, AUTO_REGISTER, true);
    this.useLatest = flag(config, USE_LATEST, false);
    this.connectTimeout = millis(config, CONNECT_TIMEOUT);
    this.readTimeout = millis(config, READ_TIMEOUT);
    this.tls = RegistryTls.context(config);
  }

  /**
   * Reads the configuration; keys that it does not know are left to others.
   *
   * @throws ConfigException if a value is missing or wrong
   */
  static RegistryConfig parse(Map<String, ?> config) {
    return new RegistryConfig(config);
  }

  List<URI> urls() {
    return urls;
  }

  boolean autoRegister() {
    return autoRegister;
  }

  boolean useLatest() {
    return useLatest;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  /** Bound on one request to one URL, from connecting to the last byte of the answer. */
  Duration deadline() {
    return connectTimeout.plus(readTimeout);
  }

  /** Value of the Authorization header. Secret. */
  Optional<String> authorization() {
    return authorization;
  }

  Optional<SSLContext> tls() {
    return tls;
  }

  @Override
  public String toString() {
    return "RegistryConfig[urls=%s, credentials=%s]".formatted(urls, authorization.isPresent());
  }

  static Optional<String> text(Map<String, ?> config, String key) {
    Object value = config.get(key);
    return value == null || value.toString().isBlank()
        ? Optional.empty()
        : Optional.of(value.toString().trim());
  }

  private static List<URI> urls(Map<String, ?> config) {
    String value =
        text(config, URLS)
            .orElseThrow(() -> new ConfigException(URLS + " is missing: name the registry's URLs"));
    return Arrays.stream(value.split(",", -1)).map(url -> url(url.trim())).toList();
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // The text may hold a password, and so may the exception: neither is shown.
      throw new ConfigException(URLS + " holds a text that is not a URL");
    }
    throw new ConfigException(URLS + " must hold http or https URLs with a host");
  }

  private static URI withoutUserInfo(URI url) {
    return url.getRawUserInfo() == null
        ? url
        : URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
  }

  private static Optional<String> authorization(Map<String, ?> config, URI url) {
    String basic = text(config, BASIC_SOURCE).orElse("URL");
    String bearer = text(config, BEARER_SOURCE).orElse("STATIC_TOKEN");
    Optional<String> user = text(config, BASIC_USER);
    Optional<String> token = text(config, BEARER_TOKEN);
    if (!bearer.equals("STATIC_TOKEN")) {
      throw new ConfigException(BEARER_SOURCE + " can only be STATIC_TOKEN, not " + bearer);
    }
    if (token.isPresent() && user.isPresent()) {
      throw new ConfigException("set " + BASIC_USER + " or " + BEARER_TOKEN + ", not both");
    }
    if (token.isPresent()) {
      return token.map(secret -> "Bearer " + secret);
    }
    return switch (basic) {
      case "USER_INFO" -> Optional.of(basic(user.orElseThrow(RegistryConfig::missingUser)));
      case "URL" -> {
        if (user.isPresent()) {
          throw new ConfigException(BASIC_USER + " is used only if " + BASIC_SOURCE + "=USER_INFO");
        }
        yield Optional.ofNullable(url.getUserInfo()).map(RegistryConfig::basic);
      }
      default -> throw new ConfigException(BASIC_SOURCE + " must be URL or USER_INFO: " + basic);
    };
  }

  private static ConfigException missingUser() {
    return new ConfigException(BASIC_USER + " is missing: name user:password");
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static boolean flag(Map<String, ?> config, String key, boolean ifMissing) {
    String value = text(config, key).orElse(Boolean.toString(ifMissing));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key + " must be true or false: " + value);
    };
  }

  private static Duration millis(Map<String, ?> config, String key) {
    String value = text(config, key).orElse(Integer.toString(DEFAULT_TIMEOUT_MILLIS));
    try {
      int millis = Integer.parseInt(value);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(key + " must be a number of milliseconds: " + value);
    }
    throw new ConfigException(key + " must be above 0: " + value);
  }
}
