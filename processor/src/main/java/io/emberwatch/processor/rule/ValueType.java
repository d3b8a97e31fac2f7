package io.emberwatch.processor.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** Type of a named value. */
enum ValueType {
  INTEGER(SimpleType.INT),
  DECIMAL(SimpleType.DOUBLE),
  BOOLEAN(SimpleType.BOOL),
  TEXT(SimpleType.STRING),
  TEXTS(ListType.create(SimpleType.STRING)),
  TEXT_BY_NAME(MapType.create(SimpleType.STRING, SimpleType.STRING));

  private final CelType cel;

  ValueType(CelType cel) {
    this.cel = cel;
  }

  CelType cel() {
    return cel;
  }

  boolean isNumeric() {
    return this == INTEGER || this == DECIMAL;
  }

  /** The value in the form that an expression of this type works on. */
  Object adapt(Object value) {
    if (value instanceof Number number) {
      return this == INTEGER ? (Object) number.longValue() : (Object) number.doubleValue();
    }
    return value;
  }
}
