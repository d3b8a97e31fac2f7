package io.emberwatch.processor.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identity of a live problem: a rule on a scope, never a severity or a value. */
public final class Fingerprint {

  private static final int BYTES = 16;

  private Fingerprint() {}

  /** 32 hex digits: the first half of the SHA-256 of the rule id, a line feed and the scope id. */
  public static String of(String ruleId, String scopeId) {
    byte[] identity = (ruleId + '\n' + scopeId).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
