package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import java.util.Locale;
import java.util.Optional;

/**
 * In what form names of keys are published.
 *
 * @param policy what becomes of a name
 * @param hashKey of {@link Policy#HASH}; empty for one that the collector draws at its start
 */
public record KeyNaming(Policy policy, Optional<Secret> hashKey) {

  /** What becomes of the name of a key. */
  public enum Policy {
    /** Published as it is. */
    PLAIN,
    /** Its keyed hash is published: equal names can be joined, none can be read or guessed. */
    HASH,
    /** Not published in any form. */
    DROP
  }

  /** No name leaves the collector. */
  public static final KeyNaming DROPPED = new KeyNaming(Policy.DROP, Optional.empty());

  /** Names are published. */
  public static final KeyNaming PLAIN = new KeyNaming(Policy.PLAIN, Optional.empty());

  /** {@code key-names} takes true and false too: they are plain and drop. */
  static KeyNaming read(ConfigReader node, KeyNaming above) {
    Optional<Secret> own = node.secret("key-hash-key");
    Optional<Secret> hashKey = node.has("key-hash-key") ? own : above.hashKey;
    String text = node.string("key-names", above.policy.name()).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "plain" -> new KeyNaming(Policy.PLAIN, hashKey);
      case "hash" -> new KeyNaming(Policy.HASH, hashKey);
      case "false", "drop" -> new KeyNaming(Policy.DROP, hashKey);
      default -> {
        node.problem("key-names", "expected plain (true), hash, or drop (false)");
        yield above;
      }
    };
  }
}
