package io.emberwatch.collector.census;

import io.emberwatch.schemas.PrefixScan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Keys of one database and prefix, counted. Not thread-safe. */
final class PrefixTally {

  /** Redis has six types; modules add a few. */
  private static final int MAX_TYPES = 12;

  private static final String OTHER = "other";
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final int db;
  private final String prefix;
  private final Map<String, TypeTally> types = new LinkedHashMap<>();
  private final BusiestMinute expiries = new BusiestMinute();
  private long keys;
  private long keysWithExpiry;

  PrefixTally(int db, String prefix) {
    this.db = db;
    this.prefix = prefix;
  }

  int db() {
    return db;
  }

  String prefix() {
    return prefix;
  }

  /** Counts a key; gives the tally of its type. */
  TypeTally add(KeyFacts facts, OptionalLong elements, Instant now) {
    keys++;
    if (facts.ttlMillis().isPresent()) {
      keysWithExpiry++;
      long expiresAtMillis = now.toEpochMilli() + facts.ttlMillis().getAsLong();
      expiries.add(expiresAtMillis / MINUTE_MILLIS);
    }
    boolean known = types.containsKey(facts.type()) || types.size() < MAX_TYPES;
    TypeTally type = types.computeIfAbsent(known ? facts.type() : OTHER, TypeTally::new);
    type.add(facts, elements);
    return type;
  }

  /**
   * What was counted.
   *
   * @param factor keys of the database over those of it that were looked at, 1 or more
   */
  PrefixScan scan(double factor) {
    PrefixScan scan = new PrefixScan();
    scan.setDb(db);
    scan.setPrefix(prefix);
    scan.setKeys(keys);
    scan.setKeysEstimated(Math.round(keys * factor));
    long memoryBytes = types.values().stream().mapToLong(TypeTally::memoryBytes).sum();
    scan.setMemoryBytes(memoryBytes);
    scan.setMemoryBytesEstimated(Math.round(memoryBytes * factor));
    scan.setKeysWithExpiry(keysWithExpiry);
    expiries
        .found()
        .ifPresent(
            minute -> {
              scan.setBusiestExpiryMinute(
                  Instant.ofEpochMilli(minute.epochMinute() * MINUTE_MILLIS));
              scan.setBusiestExpiryKeys(minute.keys());
            });
    scan.setTypes(types.values().stream().map(TypeTally::scan).toList());
    return scan;
  }
}
