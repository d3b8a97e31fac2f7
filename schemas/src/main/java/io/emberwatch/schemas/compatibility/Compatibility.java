package io.emberwatch.schemas.compatibility;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType;

/** Avro's rules of schema resolution, with answers that name the field. */
public final class Compatibility {

  /** Unions in unions deeper than this are described by Avro's own message. */
  private static final int MAX_DEPTH = 10;

  private Compatibility() {}

  /**
   * Why a reader with one schema cannot read what was written with another; empty if it can.
   * BACKWARD_TRANSITIVE holds when this is empty for every older version as the writer.
   */
  public static List<String> problems(Schema reader, Schema writer) {
    return problems(reader, writer, "", 0).toList();
  }

  private static Stream<String> problems(Schema reader, Schema writer, String prefix, int depth) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .flatMap(problem -> sentences(reader, problem, prefix, depth));
  }

  /**
   * Avro only says that a branch is missing; what changed in the record of that name helps more.
   */
  private static Stream<String> sentences(
      Schema reader, Incompatibility problem, String prefix, int depth) {
    String field = prefix + FieldPath.of(reader, problem.getLocation());
    if (problem.getType() == SchemaIncompatibilityType.MISSING_UNION_BRANCH && depth < MAX_DEPTH) {
      List<Schema> written = branches(problem.getWriterFragment());
      List<String> inside =
          branches(problem.getReaderFragment()).stream()
              .flatMap(
                  branch ->
                      written.stream()
                          .filter(other -> isSameRecord(branch, other))
                          .flatMap(other -> problems(branch, other, field + ".", depth + 1)))
              .toList();
      if (!inside.isEmpty()) {
        return inside.stream();
      }
    }
    return Stream.of(sentence(field, problem));
  }

  private static List<Schema> branches(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }

  private static boolean isSameRecord(Schema branch, Schema written) {
    return branch.getType() == Schema.Type.RECORD
        && written.getType() == Schema.Type.RECORD
        && branch.getFullName().equals(written.getFullName());
  }

  private static String sentence(String field, Incompatibility problem) {
    return switch (problem.getType()) {
      case READER_FIELD_MISSING_DEFAULT_VALUE ->
          "field %s is new and has no default".formatted(field);
      case TYPE_MISMATCH -> "field %s changed its type: %s".formatted(field, problem.getMessage());
      case MISSING_ENUM_SYMBOLS ->
          "field %s lost enum symbols and has no default: %s"
              .formatted(field, problem.getMessage());
      case MISSING_UNION_BRANCH ->
          "field %s lost a branch of its union: %s".formatted(field, problem.getMessage());
      case NAME_MISMATCH ->
          "field %s changed the name of its type: %s".formatted(field, problem.getMessage());
      case FIXED_SIZE_MISMATCH ->
          "field %s changed its size: %s".formatted(field, problem.getMessage());
    };
  }
}
