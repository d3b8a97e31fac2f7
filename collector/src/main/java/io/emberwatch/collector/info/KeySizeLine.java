package io.emberwatch.collector.info;

import io.emberwatch.schemas.KeySizes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line of INFO keysizes: {@code db0_distrib_lists_items:4=2,1K=1}. Pure. */
final class KeySizeLine {

  private static final Pattern NAME = Pattern.compile("db(\\d{1,9})_distrib_([a-z_]{1,40})");
  private static final Pattern BUCKET = Pattern.compile("(\\d{1,6})([KMGTPE]?)=(\\d{1,18})");
  private static final String UNITS = "KMGTPE";

  private KeySizeLine() {}

  /** Null when it is no such line, or any part of it cannot be read. */
  static @Nullable KeySizes read(String name, String value) {
    Matcher names = NAME.matcher(name);
    if (!names.matches()) {
      return null;
    }
    List<Long> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      Matcher bucket = BUCKET.matcher(part);
      if (!bucket.matches()) {
        return null;
      }
      // 1 for K, since indexOf gives 0 for no unit at all.
      int unit = bucket.group(2).isEmpty() ? 0 : UNITS.indexOf(bucket.group(2)) + 1;
      bounds.add(Long.parseLong(bucket.group(1)) << (10 * unit));
      counts.add(Long.valueOf(bucket.group(3)));
    }
    return new KeySizes(Integer.parseInt(names.group(1)), names.group(2), bounds, counts);
  }
}
