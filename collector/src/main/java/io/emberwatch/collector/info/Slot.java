package io.emberwatch.collector.info;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field goes: the path of field positions from a root record, and its format.
 *
 * @param steps records on the way, outermost first; none when the field is the root's own
 * @param position of the field in the last record
 */
record Slot(List<Step> steps, int position, FieldFormat format) {

  /**
   * One record on the way.
   *
   * @param position of the record in the one around it
   * @param schema of the record, to make it when it is absent
   */
  record Step(int position, Schema schema) {}

  /**
   * Puts a value, making the records on the way.
   *
   * @return false when the field has a value already, which stays
   */
  boolean put(SpecificRecordBase root, Object value) {
    SpecificRecordBase record = root;
    for (Step step : steps) {
      record = child(record, step);
    }
    if (record.get(position) != null) {
      return false;
    }
    record.put(position, value);
    return true;
  }

  private static SpecificRecordBase child(SpecificRecordBase parent, Step step) {
    @Nullable Object child = parent.get(step.position());
    if (child instanceof SpecificRecordBase existing) {
      return existing;
    }
    SpecificRecordBase created = Schemas.newRecord(step.schema());
    parent.put(step.position(), created);
    return created;
  }
}
