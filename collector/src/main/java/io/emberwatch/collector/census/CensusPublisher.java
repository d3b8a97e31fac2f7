package io.emberwatch.collector.census;

import io.emberwatch.schemas.KeyScan;

/** Where the records of a census go. */
@FunctionalInterface
public interface CensusPublisher {

  /** Takes a record or drops and counts it; returns at once. */
  void offer(KeyScan scan);
}
