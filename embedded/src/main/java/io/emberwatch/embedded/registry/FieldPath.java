package io.emberwatch.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Turns Avro's location of a fault, such as {@code /fields/3/type/1}, into field names. Pure. */
final class FieldPath {
  private FieldPath() {}

  /**
   * Field names joined by dots, for example {@code memory.usedBytes}; the schema's name at the top.
   */
  static String of(Schema schema, String location) {
    List<String> names = new ArrayList<>();
    Schema.Field field = null;
    Schema at = schema;
    for (String token : location.split("/", -1)) {
      if (at == null) {
        break;
      }
      if (!isNumber(token)) {
        at = step(at, field, token);
        field = null;
      } else if (at.getType() == Schema.Type.RECORD) {
        field = element(at.getFields(), token);
        if (field != null) {
          names.add(field.name());
        }
      } else if (at.getType() == Schema.Type.UNION) {
        at = element(at.getTypes(), token);
      }
    }
    return names.isEmpty() ? schema.getFullName() : String.join(".", names);
  }

  private static @Nullable Schema step(Schema at, Schema.@Nullable Field field, String token) {
    return switch (token) {
      case "type" -> field == null ? at : field.schema();
      case "items" -> at.getType() == Schema.Type.ARRAY ? at.getElementType() : null;
      case "values" -> at.getType() == Schema.Type.MAP ? at.getValueType() : null;
      default -> at;
    };
  }

  private static boolean isNumber(String token) {
    return !token.isEmpty() && token.chars().allMatch(Character::isDigit);
  }

  private static <T> @Nullable T element(List<T> list, String index) {
    int i = Integer.parseInt(index);
    return i < list.size() ? list.get(i) : null;
  }
}
