package io.emberwatch.processor.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of text with names in braces: {@code "{value} of maxmemory, limit {threshold}"}. */
final class Template {

  private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

  /** Alternately literal text and a name; the first is text. */
  private final List<String> parts;

  private final String source;

  private Template(String source, List<String> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  static Template parse(String source) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = NAME.matcher(source);
    int end = 0;
    while (matcher.find()) {
      parts.add(source.substring(end, matcher.start()));
      parts.add(matcher.group(1));
      end = matcher.end();
    }
    parts.add(source.substring(end));
    return new Template(source, parts);
  }

  /** The names in it. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < parts.size(); i += 2) {
      names.add(parts.get(i));
    }
    return names;
  }

  /** The text with each name replaced by its figure. */
  String render(UnaryOperator<String> figures) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(i % 2 == 0 ? parts.get(i) : figures.apply(parts.get(i)));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return source;
  }
}
