package io.emberwatch.collector.discover;

import io.emberwatch.collector.target.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the servers of one discovery. It is asked again and again, one question at a time, and
 * keeps nothing but what makes its answers steady: when to ask, how long to wait, and to keep the
 * last good answer is {@link Search}'s task.
 */
public interface Discoverer extends AutoCloseable {

  /**
   * Looks once. Completes with all servers that belong to the discovery now, at least one, each
   * with its replication group; exceptionally with a {@link DiscoveryException} when nobody could
   * say. Every step has a limit of its own, so that one dead seed leaves time for the next; the
   * caller gives up after {@link Search#DEADLINE}.
   */
  CompletableFuture<List<Target>> discover();

  /**
   * Takes what to call when the answer may have changed, from any thread. Called once, before the
   * first {@link #discover}; for a source that hears of changes by itself.
   */
  default void onHint(Runnable lookAgain) {}

  /** Drops connections; returns at once. Idempotent. */
  @Override
  default void close() {}
}
