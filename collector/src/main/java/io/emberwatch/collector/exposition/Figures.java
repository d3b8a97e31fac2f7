package io.emberwatch.collector.exposition;

import io.emberwatch.schemas.InstanceSample;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The numbers of a sample's sections by the names that INFO gives them, in INFO's units; a flag is
 * 1 or 0, and so is a status that is ok or not. Elements of arrays are not among them. Pure.
 */
final class Figures {

  private final Map<String, Double> values = new HashMap<>();

  private Figures() {}

  static Map<String, Double> of(InstanceSample sample) {
    Figures figures = new Figures();
    for (Schema.Field field : sample.getSchema().getFields()) {
      if (sample.get(field.pos()) instanceof IndexedRecord section) {
        figures.section(section);
      }
    }
    return figures.values;
  }

  private void section(IndexedRecord section) {
    for (Schema.Field field : section.getSchema().getFields()) {
      Object value = section.get(field.pos());
      if (value instanceof IndexedRecord nested) {
        section(nested);
      } else if (value instanceof Number number) {
        values.putIfAbsent(name(field), number.doubleValue() / Math.pow(10, decimals(field)));
      } else if (value instanceof Boolean flag) {
        values.putIfAbsent(name(field), flag ? 1.0 : 0.0);
      }
    }
  }

  private static String name(Schema.Field field) {
    String name = field.getProp("info");
    return name == null ? field.name() : name;
  }

  private static int decimals(Schema.Field field) {
    return field.getObjectProp("decimals") instanceof Integer decimals ? decimals : 0;
  }
}
