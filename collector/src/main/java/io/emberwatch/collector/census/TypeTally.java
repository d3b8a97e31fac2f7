package io.emberwatch.collector.census;

import io.emberwatch.schemas.BigKey;
import io.emberwatch.schemas.TypeScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keys of one prefix and type, counted. Bounded. Not thread-safe. */
final class TypeTally {

  /** Redis has a dozen; beyond are a hostile server's. */
  private static final int MAX_ENCODINGS = 16;

  private static final String OTHER = "other";
  private static final long IDLE_SECONDS = Duration.ofDays(7).toSeconds();

  private final String type;
  private final long[] histogram = new long[Long.SIZE];
  private final Map<String, Long> encodings = new HashMap<>();
  private long keys;
  private long memoryBytes;
  private OptionalLong maxElements = OptionalLong.empty();
  private OptionalLong idleKeys = OptionalLong.empty();
  private OptionalLong frequencySum = OptionalLong.empty();
  private @Nullable BigKey biggest;

  TypeTally(String type) {
    this.type = type;
  }

  void add(KeyFacts facts, OptionalLong elements) {
    keys++;
    memoryBytes += facts.memoryBytes();
    histogram[Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, facts.memoryBytes()))]++;
    facts.encoding().ifPresent(this::encoded);
    elements.ifPresent(n -> maxElements = OptionalLong.of(Math.max(n, maxElements.orElse(0))));
    facts
        .idleSeconds()
        .ifPresent(
            idle -> idleKeys = OptionalLong.of(idleKeys.orElse(0) + (idle > IDLE_SECONDS ? 1 : 0)));
    facts
        .frequency()
        .ifPresent(often -> frequencySum = OptionalLong.of(frequencySum.orElse(0) + often));
  }

  /** Whether a key of this size would be the biggest. */
  boolean isBiggest(long bytes) {
    return biggest == null || bytes > biggest.getMemoryBytes();
  }

  void biggest(BigKey key) {
    biggest = key;
  }

  long memoryBytes() {
    return memoryBytes;
  }

  TypeScan scan() {
    TypeScan scan = new TypeScan();
    scan.setType(type);
    scan.setKeys(keys);
    scan.setMemoryBytes(memoryBytes);
    scan.setMemoryHistogram(trimmed());
    scan.setEncodings(Map.copyOf(encodings));
    maxElements.ifPresent(scan::setMaxElements);
    idleKeys.ifPresent(scan::setIdleKeys);
    frequencySum.ifPresent(scan::setFrequencySum);
    scan.setBiggest(biggest);
    return scan;
  }

  private void encoded(String encoding) {
    boolean known = encodings.containsKey(encoding) || encodings.size() < MAX_ENCODINGS;
    encodings.merge(known ? encoding : OTHER, 1L, Long::sum);
  }

  private List<Long> trimmed() {
    int end = histogram.length;
    while (end > 0 && histogram[end - 1] == 0) {
      end--;
    }
    List<Long> counts = new ArrayList<>(end);
    for (int i = 0; i < end; i++) {
      counts.add(histogram[i]);
    }
    return counts;
  }
}
