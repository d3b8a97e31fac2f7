package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.KeyspaceEventSample;
import java.util.concurrent.CompletionStage;

/** Where closed windows go. */
@FunctionalInterface
public interface WindowPublisher {

  /**
   * Hands a window over; may block for seconds. The stage completes when the window is stored, or
   * with the fault when it is lost.
   */
  CompletionStage<?> publish(KeyspaceEventSample window);
}
