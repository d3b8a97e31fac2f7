package io.emberwatch.collector.subscribe;

import java.time.Duration;

/**
 * When to give a subscription up and to try again.
 *
 * @param heartbeat between two proofs that a connection is alive
 * @param timeout for the answer to a command
 * @param firstRetry about this long after the first failure
 * @param lastRetry never longer than this
 */
public record Timing(
    Duration heartbeat, Duration timeout, Duration firstRetry, Duration lastRetry) {

  /** A dead connection is found within 20 s; a broken one is replaced after 0.5 to 30 s. */
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(30));
}
