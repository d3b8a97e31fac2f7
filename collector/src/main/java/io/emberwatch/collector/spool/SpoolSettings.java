package io.emberwatch.collector.spool;

import java.nio.file.Path;

/**
 * Where records wait for Kafka, and how many.
 *
 * @param folder made if it is missing; of one collector alone
 * @param maxBytes on disk, compressed; 1 MB or more. Above, the oldest records are dropped
 */
public record SpoolSettings(Path folder, long maxBytes) {

  /** A file is dropped whole, so a sixteenth of the bound; the rest of one repeats after a kill. */
  long fileBytes() {
    return Math.min(1 << 20, maxBytes / 16);
  }
}
