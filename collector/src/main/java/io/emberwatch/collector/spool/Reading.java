package io.emberwatch.collector.spool;

import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file being read. What cannot be read at its end is lost, and told. */
final class Reading {

  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

  private final SpoolFile file;
  private @Nullable SpoolFileReader reader;
  private int index;
  private boolean unreadable;

  Reading(SpoolFile file) {
    this.file = file;
  }

  SpoolFile file() {
    return file;
  }

  /** The next record that is not done; null at the end. */
  @Nullable Spooled next() {
    try {
      SpoolFileReader open = reader;
      if (open == null) {
        open = new SpoolFileReader(file.path());
        reader = open;
      }
      while (index < file.count()) {
        Outgoing record = open.next();
        int at = index++;
        if (!file.isDone(at)) {
          file.taken(record.topic());
          return new Spooled(file, at, record);
        }
      }
      return null;
    } catch (IOException | AvroRuntimeException | NoSuchElementException fault) {
      unreadable = true;
      LOG.error("event=spool_unreadable file={} fault={}", file.path(), fault.toString());
      return null;
    }
  }

  /** Records that cannot be read, by topic; the file forgets them. */
  Map<String, Integer> lost() {
    return unreadable ? file.lose(index) : Map.of();
  }

  void close() {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException fault) {
      LOG.warn("event=spool_close_failed file={} fault={}", file.path(), fault.toString());
    }
  }
}
