package io.emberwatch.schemas.serde;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may make instances of Emberwatch's generated records, enums and fixed values.
 * Since 1.12.2 Avro refuses every class that it was not told to trust, even when a generated
 * builder fills in the default of an enum.
 *
 * <p>Nobody has to call this class. Avro loads it as a service (META-INF/services) when it parses
 * its first schema, which every generated record does before it can be used: so the trust needs no
 * system property and no call that a service could forget. The logical type that it registers
 * appears in no schema.
 */
public final class TrustedRecords implements LogicalTypeFactory {

  private static final String NAME = "emberwatch-trusted-records";
  private static final String PACKAGES = "io.emberwatch.";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), TrustedRecords::isGenerated));
  }

  /** Makes sure that the trust is there already, for code that touches no generated record. */
  public static void trust() {
    // Loading this class is all it takes.
  }

  private static boolean isGenerated(Class<?> type) {
    return type.getName().startsWith(PACKAGES)
        && (SpecificRecord.class.isAssignableFrom(type)
            || SpecificFixed.class.isAssignableFrom(type)
            || type.isEnum());
  }

  @Override
  public String getTypeName() {
    return NAME;
  }

  @Override
  public LogicalType fromSchema(Schema schema) {
    return new LogicalType(NAME);
  }
}
