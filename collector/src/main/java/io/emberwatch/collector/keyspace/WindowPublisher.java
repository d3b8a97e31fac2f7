package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.KeyspaceEventSample;

/** Where closed windows go. Returns at once and is bounded: what it cannot take stays uncut. */
public interface WindowPublisher {

  /** Whether one more window would be taken; while not, open windows go on counting. */
  boolean hasRoom();

  /** Takes a window; false if it is dropped. */
  boolean offer(KeyspaceEventSample window);
}
