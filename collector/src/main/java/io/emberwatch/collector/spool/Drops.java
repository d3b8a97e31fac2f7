package io.emberwatch.collector.spool;

/** Is told of every record that the spool gives up. */
public interface Drops {

  /**
   * Some records are given up.
   *
   * @param reason {@code spool_full} or {@code spool_unreadable}
   */
  void dropped(String topic, int records, String reason);
}
