package io.emberwatch.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make instances of the contract's records. Since 1.12.1 Avro refuses every class that it
 * was not told to trust, so that a schema from elsewhere cannot name any class at all. What was
 * trusted before stays so.
 */
public final class TrustedRecords {

  private static final String PACKAGE = "io.emberwatch.schemas.";

  private static boolean trusted;

  private TrustedRecords() {}

  /** Trusts the records of the contract, once for this process. */
  public static synchronized void trust() {
    if (!trusted) {
      ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
      ClassSecurityValidator.setGlobal(
          type -> before.isTrusted(type) || type.getName().startsWith(PACKAGE));
      trusted = true;
    }
  }
}
