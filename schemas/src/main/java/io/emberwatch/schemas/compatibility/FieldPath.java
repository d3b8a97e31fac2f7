package io.emberwatch.schemas.compatibility;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.avro.Schema;

/** Turns a position such as {@code /fields/3/type/1/fields/0} into {@code memory.used_memory}. */
final class FieldPath {

  private FieldPath() {}

  /** Dotted names of the fields on the way to a position; the record's name if there is none. */
  static String of(Schema root, String location) {
    Deque<String> steps = new ArrayDeque<>(Arrays.asList(location.split("/")));
    StringBuilder path = new StringBuilder();
    Schema schema = root;
    while (!steps.isEmpty()) {
      String step = steps.remove();
      if (step.equals("fields") && !steps.isEmpty()) {
        Schema.Field field = schema.getFields().get(Integer.parseInt(steps.remove()));
        path.append(path.isEmpty() ? "" : ".").append(field.name());
        schema = field.schema();
      } else {
        schema = child(schema, step);
      }
    }
    return path.isEmpty() ? root.getFullName() : path.toString();
  }

  private static Schema child(Schema schema, String step) {
    return switch (schema.getType()) {
      case ARRAY -> step.equals("items") ? schema.getElementType() : schema;
      case MAP -> step.equals("values") ? schema.getValueType() : schema;
      case UNION -> isNumber(step) ? schema.getTypes().get(Integer.parseInt(step)) : schema;
      default -> schema;
    };
  }

  private static boolean isNumber(String step) {
    return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
  }
}
