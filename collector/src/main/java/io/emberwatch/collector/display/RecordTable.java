package io.emberwatch.collector.display;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as text: a line for each field that is not null, nested records indented below their
 * name, lists of records as tables. Control characters are shown as dots, since a server may have
 * chosen them.
 */
public final class RecordTable {

  private static final String INDENT = "  ";

  private final PrintWriter out;

  /** A table on this writer, which is not flushed. */
  public RecordTable(PrintWriter out) {
    this.out = out;
  }

  /** Writes a record. */
  public void print(IndexedRecord record) {
    fields(record, "");
  }

  private void fields(IndexedRecord record, String indent) {
    Map<String, Object> scalars = new TreeMap<>();
    Map<String, Object> nested = new TreeMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value instanceof IndexedRecord || value instanceof List || value instanceof Map) {
        nested.put(field.name(), value);
      } else if (value != null) {
        scalars.put(field.name(), value);
      }
    }
    pairs(scalars, indent);
    nested.forEach((name, value) -> nested(name, value, indent));
  }

  private void nested(String name, Object value, String indent) {
    if (value instanceof IndexedRecord record) {
      out.println(indent + name);
      fields(record, indent + INDENT);
    } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.println(indent + name);
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(text(key), text(entry)));
      pairs(sorted, indent + INDENT);
    } else if (value instanceof List<?> list) {
      out.println(indent + name + " (" + list.size() + ")");
      if (!list.isEmpty() && list.get(0) instanceof IndexedRecord) {
        rows(list.stream().map(IndexedRecord.class::cast).toList(), indent + INDENT);
      } else {
        list.forEach(element -> out.println(indent + INDENT + text(element)));
      }
    }
  }

  private void pairs(Map<String, Object> pairs, String indent) {
    int width = pairs.keySet().stream().mapToInt(String::length).max().orElse(0);
    pairs.forEach(
        (name, value) -> out.println(indent + padded(name, width) + INDENT + text(value)));
  }

  private void rows(List<IndexedRecord> records, String indent) {
    List<Schema.Field> columns =
        records.get(0).getSchema().getFields().stream()
            .filter(field -> records.stream().anyMatch(r -> r.get(field.pos()) != null))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(Schema.Field::name).toList());
    for (IndexedRecord record : records) {
      rows.add(columns.stream().map(column -> cell(record.get(column.pos()))).toList());
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(padded(row.get(i), width)).append(INDENT);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String cell(@Nullable Object value) {
    return value == null ? "-" : text(value);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String text(@Nullable Object value) {
    if (value instanceof GenericFixed fixed) {
      return HexFormat.of().formatHex(fixed.bytes());
    }
    return Objects.toString(value).replaceAll("\\p{Cntrl}", ".");
  }
}
