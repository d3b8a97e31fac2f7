package io.emberwatch.collector.keyspace;

import io.emberwatch.schemas.KeyspaceEventSample;
import java.util.List;

/** Takes every window. */
record KeptWindows(List<KeyspaceEventSample> windows) implements WindowPublisher {

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public boolean offer(KeyspaceEventSample window) {
    return windows.add(window);
  }
}
