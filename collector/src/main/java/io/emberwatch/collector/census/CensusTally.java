package io.emberwatch.collector.census;

import io.emberwatch.collector.key.KeyNames;
import io.emberwatch.collector.key.PrefixFinder;
import io.emberwatch.collector.target.KeyCensus;
import io.emberwatch.schemas.BigKey;
import io.emberwatch.schemas.DatabaseScan;
import io.emberwatch.schemas.PrefixScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * What a pass has counted so far: by database and prefix, and the biggest keys of all in a bounded
 * heap. Memory is bounded by the caps on prefixes, types and biggest keys. Not thread-safe.
 */
final class CensusTally {

  private static final String OTHER = "other";

  /** Bounds the record, at some 600 bytes a prefix, types and biggest keys included. */
  private static final int MAX_PREFIXES = 500;

  private record Place(int db, String prefix) {}

  private final KeyCensus settings;
  private final KeyNames names;
  private final PrefixFinder finder;
  private final Map<Place, PrefixTally> prefixes = new HashMap<>();
  private final PriorityQueue<BigKey> biggest =
      new PriorityQueue<>(Comparator.comparingLong(BigKey::getMemoryBytes));

  CensusTally(KeyCensus settings, KeyNames names) {
    this.settings = settings;
    this.names = names;
    this.finder = new PrefixFinder(settings.prefixes());
  }

  /** Counts one key. */
  void add(int db, byte[] name, KeyFacts facts, OptionalLong elements, Instant now) {
    PrefixTally prefix = prefixes.computeIfAbsent(place(db, name), CensusTally::tally);
    TypeTally type = prefix.add(facts, elements, now);
    boolean ofType = type.isBiggest(facts.memoryBytes());
    boolean ofAll = isBig(facts.memoryBytes());
    if (ofType || ofAll) {
      BigKey key = bigKey(db, name, prefix.prefix(), facts, elements);
      if (ofType) {
        type.biggest(key);
      }
      if (ofAll) {
        biggest.add(key);
        if (biggest.size() > settings.biggest()) {
          biggest.remove();
        }
      }
    }
  }

  /** By prefix, most memory first. */
  List<PrefixScan> prefixes(List<DatabaseScan> databases) {
    Map<Integer, Double> factors = new HashMap<>();
    databases.forEach(database -> factors.put(database.getDb(), factor(database)));
    List<PrefixScan> scans = new ArrayList<>();
    prefixes
        .values()
        .forEach(tally -> scans.add(tally.scan(factors.getOrDefault(tally.db(), 1.0))));
    scans.sort(Comparator.comparingLong(PrefixScan::getMemoryBytesEstimated).reversed());
    return scans;
  }

  /** The biggest keys of all, biggest first. */
  List<BigKey> biggest() {
    List<BigKey> keys = new ArrayList<>(biggest);
    keys.sort(Comparator.comparingLong(BigKey::getMemoryBytes).reversed());
    return keys;
  }

  private static double factor(DatabaseScan database) {
    return database.getLookedAt() == 0
        ? 1
        : Math.max(1, database.getKeys() / (double) database.getLookedAt());
  }

  private static PrefixTally tally(Place place) {
    return new PrefixTally(place.db, place.prefix);
  }

  private Place place(int db, byte[] name) {
    Place place = new Place(db, prefixOf(finder, name));
    boolean admitted =
        prefixes.containsKey(place)
            || prefixes.size() < Math.min(MAX_PREFIXES, settings.prefixes().max());
    return admitted ? place : new Place(db, OTHER);
  }

  /** Prefix of a key; empty without one, "other" for one that is too long. */
  static String prefixOf(PrefixFinder finder, byte[] name) {
    int length = finder.find(ByteBuffer.wrap(name), 0, name.length);
    return length == PrefixFinder.OVERLONG
        ? OTHER
        : new String(name, length == 0 ? 0 : finder.start(), length, StandardCharsets.UTF_8);
  }

  private boolean isBig(long bytes) {
    BigKey smallest = biggest.peek();
    return settings.biggest() > 0
        && (biggest.size() < settings.biggest()
            || (smallest != null && bytes > smallest.getMemoryBytes()));
  }

  private BigKey bigKey(int db, byte[] name, String prefix, KeyFacts facts, OptionalLong elements) {
    BigKey key = new BigKey();
    key.setDb(db);
    names.told(name).ifPresent(key::setKey);
    key.setPrefix(prefix);
    key.setType(facts.type());
    key.setMemoryBytes(facts.memoryBytes());
    elements.ifPresent(key::setElements);
    facts.encoding().ifPresent(key::setEncoding);
    facts.ttlMillis().ifPresent(key::setTtlMillis);
    return key;
  }
}
