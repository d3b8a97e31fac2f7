package io.emberwatch.embedded.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user and password that clients must send as basic auth.
 *
 * @param user without a colon
 * @param password a secret, hidden by {@link #toString()}
 */
public record Credentials(String user, String password) {
  /** True when an Authorization header carries them; takes the same time for every wrong one. */
  boolean match(@Nullable String authorization) {
    byte[] wanted = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(wanted);
    return authorization != null
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8),
            authorization.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
