package io.emberwatch.alerter.notify;

import io.emberwatch.runtime.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature of Standard Webhooks 1.0: base64 of HMAC-SHA256 over {@code id.timestamp.body}, one for
 * each secret.
 */
public final class WebhookSignature {

  private static final String PREFIX = "whsec_";
  private static final int MIN_KEY_BYTES = 24;
  private static final int MAX_KEY_BYTES = 64;

  private WebhookSignature() {}

  /**
   * The header's value.
   *
   * @throws IllegalArgumentException when a secret has not the form of one; the message does not
   *     show it
   */
  static String of(List<Secret> secrets, String id, long timestampSeconds, String body) {
    String signed = id + "." + timestampSeconds + "." + body;
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), signed)))
        .collect(Collectors.joining(" "));
  }

  /** The key that the secret holds; see {@link #of} for what it throws. */
  public static byte[] key(Secret secret) {
    String text = secret.reveal().strip();
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(secret + " must start with " + PREFIX);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException hidden) {
      // The cause would show a part of the secret.
      throw new IllegalArgumentException(secret + " is not base64 after " + PREFIX);
    }
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          secret + " must hold " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
