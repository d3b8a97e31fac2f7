package io.emberwatch.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped key was meant to be. */
final class NearestKey {

  private NearestKey() {}

  /** The known key with the fewest edits, if at most a third of its letters differ. */
  static Optional<String> of(String key, Collection<String> known) {
    return known.stream()
        .filter(other -> edits(key, other) <= Math.max(1, other.length() / 3))
        .min(Comparator.comparingInt(other -> edits(key, other)));
  }

  /** Levenshtein distance; time and space are lengths multiplied and one length. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
