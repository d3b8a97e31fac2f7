package io.emberwatch.collector.info;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Slots by the bytes of their names: an open-addressing hash table that is read without making a
 * String. Built once from a record schema; immutable. About 0.02 us a look-up.
 */
final class FieldTable {

  private final byte[] @Nullable [] names;
  private final @Nullable Slot[] slots;
  private final int mask;

  private FieldTable(Map<String, Slot> slotsByName) {
    int capacity = Integer.highestOneBit(Math.max(4, slotsByName.size())) * 4;
    this.names = new byte[capacity][];
    this.slots = new Slot[capacity];
    this.mask = capacity - 1;
    slotsByName.forEach(this::add);
  }

  /**
   * The scalar fields of the records that are fields of {@code root}, at any depth, and those of
   * its own that name a field of INFO.
   *
   * @param wanted which of the records to go into
   */
  static FieldTable ofSections(Schema root, Map<String, String> aliases, Predicate<Schema> wanted) {
    Map<String, Slot> found = new HashMap<>();
    for (Schema.Field field : root.getFields()) {
      Schema section = Schemas.required(field.schema());
      FieldFormat format = FieldFormat.of(field);
      if (section.getType() == Schema.Type.RECORD && isSection(section)) {
        collect(section, List.of(new Slot.Step(field.pos(), section)), wanted, found);
      } else if (format != null && field.getProp("info") != null) {
        found.put(Schemas.infoName(field), new Slot(List.of(), field.pos(), format));
      }
    }
    aliases.forEach((alias, name) -> found.computeIfAbsent(alias, absent -> found.get(name)));
    return new FieldTable(found);
  }

  /** The scalar fields of one record, by name with {@code _} also written as {@code -}. */
  static FieldTable ofLine(Schema record) {
    Map<String, Slot> found = new HashMap<>();
    collect(record, List.of(), nested -> true, found);
    Map<String, Slot> spelled = new HashMap<>(found);
    found.forEach((name, slot) -> spelled.put(name.replace('_', '-'), slot));
    return new FieldTable(spelled);
  }

  /** The slot named by {@code text[from, to)}, or null. */
  @Nullable Slot find(byte[] text, int from, int to) {
    int index = hash(text, from, to) & mask;
    while (true) {
      byte[] name = names[index];
      if (name == null) {
        return null;
      }
      if (Arrays.equals(name, 0, name.length, text, from, to)) {
        return slots[index];
      }
      index = (index + 1) & mask;
    }
  }

  /** By name, since the collector's own records (slow log, configuration) are no sections. */
  private static boolean isSection(Schema record) {
    return record.getName().endsWith("Section");
  }

  private static void collect(
      Schema record, List<Slot.Step> steps, Predicate<Schema> wanted, Map<String, Slot> found) {
    for (Schema.Field field : record.getFields()) {
      Schema schema = Schemas.required(field.schema());
      FieldFormat format = FieldFormat.of(field);
      if (format != null) {
        String name = Schemas.infoName(field);
        if (found.put(name, new Slot(steps, field.pos(), format)) != null) {
          throw new IllegalStateException("two sections have a field " + name);
        }
      } else if (schema.getType() == Schema.Type.RECORD && wanted.test(schema)) {
        List<Slot.Step> deeper = new ArrayList<>(steps);
        deeper.add(new Slot.Step(field.pos(), schema));
        collect(schema, List.copyOf(deeper), wanted, found);
      }
    }
  }

  private void add(String name, Slot slot) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int index = hash(bytes, 0, bytes.length) & mask;
    while (names[index] != null) {
      index = (index + 1) & mask;
    }
    names[index] = bytes;
    slots[index] = slot;
  }

  private static int hash(byte[] text, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    return hash ^ (hash >>> 16);
  }
}
