package io.emberwatch.collector.key;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.emberwatch.collector.target.PrefixRule;
import io.emberwatch.collector.target.PrefixRule.ByPattern;
import io.emberwatch.collector.target.PrefixRule.BySeparator;
import io.emberwatch.collector.target.PrefixRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds the prefix of a key by rules tried in order. A separator costs nothing but the look at the
 * key's first {@value #MAX_PREFIX_BYTES} bytes; a pattern copies the key's first {@value
 * #MAX_MATCHED_BYTES} bytes and takes time linear in them. Not thread-safe: the answer of {@link
 * #find} is in two parts.
 */
public final class PrefixFinder {

  /** A longer prefix is no prefix that a person gave; it would only carry keys into the counts. */
  public static final int MAX_PREFIX_BYTES = 64;

  /** Answer of {@link #find} for a key that has a prefix, but a longer one than is told apart. */
  public static final int OVERLONG = -1;

  /** Patterns see no more of a key. */
  static final int MAX_MATCHED_BYTES = 256;

  private static final int NONE = 0;

  private final List<Rule> rules;
  private int start;

  private interface Rule {
    int find(ByteBuffer bytes, int from, int length);
  }

  /** A finder with all of these rules. */
  public PrefixFinder(PrefixRules settings) {
    this.rules = settings.all().stream().map(this::compiled).toList();
  }

  /**
   * Looks for the prefix of the key at {@code [from, from + length)}.
   *
   * @return the prefix's length in bytes, which then begins at {@link #start}; 0 if the key has
   *     none; {@link #OVERLONG}
   */
  public int find(ByteBuffer bytes, int from, int length) {
    int none = NONE;
    for (Rule rule : rules) {
      int found = rule.find(bytes, from, length);
      if (found > 0) {
        return found;
      }
      none = Math.min(none, found);
    }
    return none;
  }

  /** Index in the bytes of the prefix that was found last. */
  public int start() {
    return start;
  }

  private Rule compiled(PrefixRule rule) {
    if (rule instanceof ByPattern pattern) {
      Pattern compiled = Pattern.compile(pattern.pattern());
      return (bytes, from, length) -> matched(compiled, bytes, from, length);
    }
    BySeparator bySeparator = (BySeparator) rule;
    byte[] separator = bySeparator.separator().getBytes(StandardCharsets.UTF_8);
    return (bytes, from, length) -> cut(separator, bySeparator.depth(), bytes, from, length);
  }

  private int cut(byte[] separator, int depth, ByteBuffer bytes, int from, int length) {
    start = from;
    int left = depth;
    int end = from + Math.min(length, MAX_PREFIX_BYTES) - separator.length;
    for (int at = from; at <= end; at++) {
      if (separatorAt(separator, bytes, at)) {
        left--;
        if (left == 0) {
          return at + separator.length - from;
        }
        at += separator.length - 1;
      }
    }
    // Without a prefix in what was looked at, a longer key may have one further on.
    return length > MAX_PREFIX_BYTES ? OVERLONG : NONE;
  }

  private static boolean separatorAt(byte[] separator, ByteBuffer bytes, int at) {
    for (int i = 0; i < separator.length; i++) {
      if (bytes.get(at + i) != separator[i]) {
        return false;
      }
    }
    return true;
  }

  private int matched(Pattern pattern, ByteBuffer bytes, int from, int length) {
    byte[] key = new byte[Math.min(length, MAX_MATCHED_BYTES)];
    bytes.get(from, key);
    Matcher matcher = pattern.matcher(key);
    if (!matcher.find() || matcher.end(1) <= matcher.start(1)) {
      return NONE;
    }
    start = from + matcher.start(1);
    int found = matcher.end(1) - matcher.start(1);
    return found > MAX_PREFIX_BYTES ? OVERLONG : found;
  }
}
