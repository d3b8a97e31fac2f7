package io.emberwatch.collector.key;

import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.runtime.config.ConfigException;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each target the form of its keys' names. Targets without a configured key share one that
 * was drawn at the start, so their hashes can be joined within this run only. Thread-safe.
 */
public final class NamePolicies {

  private static final Logger LOG = LoggerFactory.getLogger(NamePolicies.class);
  private static final int KEY_BYTES = 32;

  private final byte[] drawn = new byte[KEY_BYTES];

  /** Draws the key. */
  public NamePolicies(SecureRandom random) {
    random.nextBytes(drawn);
  }

  /** The form asked for; a configured key that cannot be read drops the names. */
  public KeyNames of(KeyNaming naming) {
    try {
      return KeyNames.of(naming, drawn);
    } catch (ConfigException unreadable) {
      LOG.error("event=key_names_dropped problem=\"{}\"", unreadable.problems().get(0));
      return KeyNames.of(KeyNaming.DROPPED, drawn);
    }
  }
}
