package io.emberwatch.alerter.incident;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * UUIDv7 (RFC 9562): 48 bits of Unix milliseconds and 74 random bits, so that ids sort by time.
 * Thread-safe if its random source is.
 */
public final class IncidentIds implements Supplier<String> {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final RandomGenerator random;

  public IncidentIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String get() {
    long high = (clock.millis() << 16) | VERSION_7 | (random.nextLong() & 0xfffL);
    long low = VARIANT | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
