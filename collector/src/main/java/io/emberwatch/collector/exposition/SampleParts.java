package io.emberwatch.collector.exposition;

import io.emberwatch.schemas.InstanceSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a sample that a poll may leave out because they were not due: sections and arrays,
 * the details of a section, and all of a view, which several probes fill. Pure.
 */
final class SampleParts {

  /** Where each part is: positions of fields, from the sample inwards. */
  private static final List<int[]> PATHS = paths(InstanceSample.getClassSchema());

  private SampleParts() {}

  /** Those that a sample tells, by their number. */
  static BitSet of(InstanceSample sample) {
    BitSet told = new BitSet(PATHS.size());
    for (int i = 0; i < PATHS.size(); i++) {
      told.set(i, at(sample, PATHS.get(i)) != null);
    }
    return told;
  }

  /** Puts into a sample every part that it lacks and that an earlier one of the server told. */
  static void complete(InstanceSample sample, InstanceSample earlier) {
    for (int[] path : PATHS) {
      Object parent = parent(sample, path);
      Object told = at(earlier, path);
      int last = path[path.length - 1];
      if (told != null && parent instanceof IndexedRecord record && record.get(last) == null) {
        record.put(last, told);
      }
    }
  }

  private static @Nullable Object at(IndexedRecord sample, int[] path) {
    Object parent = parent(sample, path);
    return parent instanceof IndexedRecord record ? record.get(path[path.length - 1]) : null;
  }

  private static @Nullable Object parent(IndexedRecord sample, int[] path) {
    Object value = sample;
    for (int i = 0; i + 1 < path.length && value instanceof IndexedRecord record; i++) {
      value = record.get(path[i]);
    }
    return value;
  }

  private static List<int[]> paths(Schema sample) {
    List<int[]> paths = new ArrayList<>();
    for (Schema.Field field : sample.getFields()) {
      if (isContainer(content(field))) {
        paths.add(new int[] {field.pos()});
        addInner(paths, paths.get(paths.size() - 1), content(field));
      }
    }
    return List.copyOf(paths);
  }

  /** Those within a section come after it, so that a section is completed before its parts. */
  private static void addInner(List<int[]> paths, int[] section, Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      return;
    }
    boolean view = schema.getName().endsWith("View");
    for (Schema.Field field : schema.getFields()) {
      int[] path = Arrays.copyOf(section, section.length + 1);
      path[section.length] = field.pos();
      if (field.schema().isNullable() && (view || field.name().equals("detail"))) {
        paths.add(path);
      }
      addInner(paths, path, content(field));
    }
  }

  private static boolean isContainer(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ARRAY, MAP -> true;
      default -> false;
    };
  }

  /** What a field holds when it is not null. */
  private static Schema content(Schema.Field field) {
    Schema schema = field.schema();
    return schema.isUnion() && schema.isNullable() ? schema.getTypes().get(1) : schema;
  }
}
