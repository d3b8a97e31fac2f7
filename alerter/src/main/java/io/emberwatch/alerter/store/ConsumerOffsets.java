package io.emberwatch.alerter.store;

import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** How far each partition was applied. */
public final class ConsumerOffsets {

  private final Handle handle;

  ConsumerOffsets(Handle handle) {
    this.handle = handle;
  }

  /**
   * Next offset to apply, locked until the transaction ends: whoever else reads the partition waits
   * and then finds that this batch was applied. Empty when none was.
   */
  public OptionalLong next(String topic, int partition) {
    return handle
        .createQuery(
            """
            SELECT next_offset FROM consumer_offset
            WHERE topic = :topic AND partition_id = :partition FOR UPDATE
            """)
        .bind("topic", topic)
        .bind("partition", partition)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  public void save(String topic, int partition, long next) {
    int updated =
        bind(
            """
            UPDATE consumer_offset SET next_offset = :next
            WHERE topic = :topic AND partition_id = :partition
            """,
            topic,
            partition,
            next);
    if (updated == 0) {
      bind(
          "INSERT INTO consumer_offset VALUES (:topic, :partition, :next)", topic, partition, next);
    }
  }

  private int bind(String sql, String topic, int partition, long next) {
    return handle
        .createUpdate(sql)
        .bind("topic", topic)
        .bind("partition", partition)
        .bind("next", next)
        .execute();
  }
}
