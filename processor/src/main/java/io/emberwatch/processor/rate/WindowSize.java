package io.emberwatch.processor.rate;

import java.time.Duration;
import java.util.Optional;

/** Lengths of the tumbling windows; each is made of whole windows of the one before. */
public enum WindowSize {
  MINUTE(Duration.ofMinutes(1)),
  FIVE_MINUTES(Duration.ofMinutes(5)),
  HOUR(Duration.ofHours(1));

  private final long millis;

  WindowSize(Duration length) {
    this.millis = length.toMillis();
  }

  /** Length of the window. */
  public long millis() {
    return millis;
  }

  /** Start, inclusive, of the window that holds this event time; epoch milliseconds. */
  public long startOf(long eventMillis) {
    return Math.floorDiv(eventMillis, millis) * millis;
  }

  /** The next longer window, which this one is a part of. */
  public Optional<WindowSize> longer() {
    return switch (this) {
      case MINUTE -> Optional.of(FIVE_MINUTES);
      case FIVE_MINUTES -> Optional.of(HOUR);
      case HOUR -> Optional.empty();
    };
  }

  /** Newest start of the windows that are closed when nothing before {@code time} is awaited. */
  public long newestClosedStart(long time) {
    return time - millis;
  }
}
