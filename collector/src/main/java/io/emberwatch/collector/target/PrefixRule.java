package io.emberwatch.collector.target;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;

/** How the prefix of a key is found. */
public sealed interface PrefixRule {

  /**
   * The key up to and including its {@code depth}-th separator. A key with fewer has no such
   * prefix.
   *
   * @param separator 1 to 8 bytes, no letters or digits
   * @param depth 1 to {@value #MAX_DEPTH}
   */
  record BySeparator(String separator, int depth) implements PrefixRule {

    /** Deeper is the key itself. */
    public static final int MAX_DEPTH = 8;

    private static final int MAX_SEPARATOR_BYTES = 8;

    /**
     * Letters and digits would cut keys within words, and could make a prefix look like "other".
     */
    public BySeparator {
      if (separator.isEmpty()
          || separator.getBytes(StandardCharsets.UTF_8).length > MAX_SEPARATOR_BYTES
          || separator.chars().anyMatch(Character::isLetterOrDigit)) {
        throw new IllegalArgumentException(
            "expected 1 to " + MAX_SEPARATOR_BYTES + " characters that are no letters or digits");
      }
      if (depth < 1 || depth > MAX_DEPTH) {
        throw new IllegalArgumentException("depth " + depth);
      }
    }
  }

  /**
   * What the first group of the first match holds, if that is not empty. RE2's syntax: matching
   * takes time linear in the key, so no rule and no key can hang the collector.
   *
   * @param pattern with one group or more
   */
  record ByPattern(String pattern) implements PrefixRule {

    /** Instructions; a step of the match visits each at most once, so this bounds an event. */
    private static final int MAX_PROGRAM_SIZE = 1_000;

    public ByPattern {
      Pattern compiled = compiled(pattern);
      if (compiled.groupCount() < 1) {
        throw new IllegalArgumentException(
            "expected a group: ( ) around the part that is the prefix");
      }
      if (compiled.programSize() > MAX_PROGRAM_SIZE) {
        throw new IllegalArgumentException("the pattern is too large");
      }
    }

    private static Pattern compiled(String pattern) {
      try {
        return Pattern.compile(pattern);
      } catch (PatternSyntaxException notAPattern) {
        throw new IllegalArgumentException(notAPattern.getMessage(), notAPattern);
      }
    }
  }
}
