package io.emberwatch.collector.key;

import io.emberwatch.collector.target.KeyNaming;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts names of keys into the form in which they may be published. Thread-safe.
 *
 * <p>A hash is {@code hmac:} and the first 128 bits of HMAC-SHA256 (RFC 2104) in hex, over at most
 * {@value #MAX_HASHED_BYTES} bytes of the name: the same name has the same hash wherever the key is
 * the same, and without the key no guess can be checked.
 */
public final class KeyNames {

  /** Names are cut here: enough to recognise one, and bounds the records. */
  public static final int MAX_NAME_BYTES = 256;

  /** Bytes of a name that are looked at; longer ones that differ only behind are one name. */
  public static final int MAX_HASHED_BYTES = 512;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 16;

  private final KeyNaming.Policy policy;
  private final byte[] hashKey;

  private KeyNames(KeyNaming.Policy policy, byte[] hashKey) {
    this.policy = policy;
    this.hashKey = hashKey;
  }

  /**
   * Reads the key of the hash, if there is one.
   *
   * @param fallbackKey key of the hash where none is configured; not empty
   * @throws io.emberwatch.runtime.config.ConfigException if the secret cannot be read
   */
  public static KeyNames of(KeyNaming naming, byte[] fallbackKey) {
    byte[] configured =
        naming.policy() == KeyNaming.Policy.HASH
            ? naming
                .hashKey()
                .map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8))
                .orElse(fallbackKey)
            : fallbackKey;
    // An empty key would let anyone check guesses.
    return new KeyNames(naming.policy(), configured.length == 0 ? fallbackKey : configured);
  }

  /** Whether names are published in any form. */
  public boolean published() {
    return policy != KeyNaming.Policy.DROP;
  }

  /** The name in its form; empty when names are dropped. Bytes that are not UTF-8 are replaced. */
  public Optional<String> told(byte[] name) {
    return switch (policy) {
      case PLAIN ->
          Optional.of(
              new String(name, 0, Math.min(name.length, MAX_NAME_BYTES), StandardCharsets.UTF_8));
      case HASH -> Optional.of(hash(name));
      case DROP -> Optional.empty();
    };
  }

  private String hash(byte[] name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(hashKey, ALGORITHM));
      mac.update(name, 0, Math.min(name.length, MAX_HASHED_BYTES));
      return "hmac:" + HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), HASH_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
