package io.emberwatch.collector.exposition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A page of families; series of several servers stand together under one head. */
final class Page {

  private final Map<String, Family> families = new TreeMap<>();

  /** The series of one server go here. */
  Series of(Map<String, String> commonLabels) {
    return new Series(commonLabels);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    families.values().forEach(family -> family.appendTo(text));
    return text.toString();
  }

  /** Adds series that all have the same labels beside their own. */
  final class Series {

    private final Map<String, String> commonLabels;

    private Series(Map<String, String> commonLabels) {
      this.commonLabels = commonLabels;
    }

    /** A gauge; {@code labels} are names and values in turn. */
    void gauge(String name, double value, String... labels) {
      add(name, "", Family.Type.GAUGE, value, labels);
    }

    /** A counter. */
    void counter(String name, double value, String... labels) {
      add(name, "", Family.Type.COUNTER, value, labels);
    }

    /** A part of a summary. */
    void summary(String name, String suffix, double value, String... labels) {
      add(name, suffix, Family.Type.SUMMARY, value, labels);
    }

    /** A series whose metric has its whole name. */
    void add(FigureNames.FigureName name, double value) {
      family(name.metric(), name.type()).add("", commonLabels, value);
    }

    private void add(String name, String suffix, Family.Type type, double value, String... labels) {
      Map<String, String> all = new LinkedHashMap<>(commonLabels);
      for (int i = 0; i < labels.length; i += 2) {
        all.put(labels[i], labels[i + 1]);
      }
      family(Family.PREFIX + name, type).add(suffix, all, value);
    }

    private Family family(String name, Family.Type type) {
      return families.computeIfAbsent(name, absent -> new Family(name, type));
    }
  }
}
