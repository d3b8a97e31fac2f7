package io.emberwatch.collector.spool;

/** A record as it was read from the spool, which keeps it until {@link Spool#done}. */
public final class Spooled {

  private final SpoolFile file;
  private final int index;
  private final Outgoing record;

  Spooled(SpoolFile file, int index, Outgoing record) {
    this.file = file;
    this.index = index;
    this.record = record;
  }

  /** The record. */
  public Outgoing record() {
    return record;
  }

  /** Its place among all records, before and after it. */
  public long number() {
    return file.first() + index;
  }

  SpoolFile file() {
    return file;
  }

  int index() {
    return index;
  }
}
