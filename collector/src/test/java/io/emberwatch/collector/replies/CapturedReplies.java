package io.emberwatch.collector.replies;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replies captured with redis-cli from real servers, in {@code
 * src/test/resources/replies/<release>/}, as the lists that Lettuce would give.
 */
public final class CapturedReplies {

  private static final Path FOLDER = Path.of("src/test/resources/replies");

  /** {@code 3) }: the place of an element; nested ones stand further right. */
  private static final Pattern NUMBER = Pattern.compile("\\G\\s*\\d+(\\)) ");

  private CapturedReplies() {}

  /** The elements of an array reply, such as {@code redis-7.2/acl-log}. */
  public static List<Object> list(String name) {
    try {
      return parse(Files.readAllLines(FOLDER.resolve(name + ".txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of names and values, or of anything, as bytes, whole numbers and lists. */
  public static List<Object> of(@Nullable Object... elements) {
    List<Object> list = new ArrayList<>();
    for (@Nullable Object element : elements) {
      list.add(element instanceof String text ? text.getBytes(UTF_8) : element);
    }
    return list;
  }

  private record Level(int column, List<Object> elements) {}

  private static List<Object> parse(List<String> lines) {
    List<Object> root = new ArrayList<>();
    Deque<Level> levels = new ArrayDeque<>();
    for (String line : lines) {
      Matcher number = NUMBER.matcher(line);
      int rest = 0;
      while (number.find()) {
        rest = number.end();
        descend(number.start(1), root, levels);
      }
      if (rest > 0) {
        levels.getFirst().elements().add(value(line.substring(rest)));
      }
    }
    return root;
  }

  private static void descend(int column, List<Object> root, Deque<Level> levels) {
    while (!levels.isEmpty() && levels.getFirst().column() > column) {
      levels.removeFirst();
    }
    if (levels.isEmpty()) {
      levels.addFirst(new Level(column, root));
    } else if (levels.getFirst().column() < column) {
      List<Object> nested = new ArrayList<>();
      levels.getFirst().elements().add(nested);
      levels.addFirst(new Level(column, nested));
    }
  }

  private static @Nullable Object value(String text) {
    if (text.startsWith("(integer) ")) {
      return Long.valueOf(text.substring(10));
    }
    if (text.equals("(nil)")) {
      return null;
    }
    return text.substring(1, text.length() - 1).replace("\\\"", "\"").getBytes(UTF_8);
  }
}
