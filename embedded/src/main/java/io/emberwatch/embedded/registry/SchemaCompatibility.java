package io.emberwatch.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/** Avro's schema resolution rules, with messages for people. Pure. */
final class SchemaCompatibility {
  private SchemaCompatibility() {}

  /**
   * What hinders the candidate at this level.
   *
   * @param earlier registered versions, oldest first
   * @return one message for each fault, naming field and version; empty = compatible
   */
  static List<String> faults(
      CompatibilityLevel level, Schema candidate, List<SchemaVersion> earlier) {
    int from = level.transitive || earlier.isEmpty() ? 0 : earlier.size() - 1;
    List<String> faults = new ArrayList<>();
    for (SchemaVersion old : earlier.subList(from, earlier.size())) {
      if (level.backward) {
        String roles = "reader = new schema, writer = version " + old.version();
        faults.addAll(faults(candidate, old.schema(), roles));
      }
      if (level.forward) {
        String roles = "reader = version " + old.version() + ", writer = new schema";
        faults.addAll(faults(old.schema(), candidate, roles));
      }
    }
    return faults;
  }

  private static List<String> faults(Schema reader, Schema writer, String roles) {
    return org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(fault -> message(fault, reader, roles))
        .toList();
  }

  private static String message(Incompatibility fault, Schema reader, String roles) {
    return fault.getType()
        + " at field '"
        + FieldPath.of(reader, fault.getLocation())
        + "' ("
        + fault.getLocation()
        + "): "
        + reason(fault)
        + " ["
        + roles
        + "]";
  }

  private static String reason(Incompatibility fault) {
    return fault.getType() == SchemaIncompatibilityType.READER_FIELD_MISSING_DEFAULT_VALUE
        ? "the reader's field '" + fault.getMessage() + "' has no default, and the writer lacks it"
        : fault.getMessage();
  }
}
