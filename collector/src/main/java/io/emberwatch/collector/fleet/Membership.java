package io.emberwatch.collector.fleet;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the group makes of this collector, and how long that may be relied on. Used by the one
 * thread that polls the consumer, which also calls it back.
 */
final class Membership implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private final Consumer<?, ?> consumer;
  private final String topic;
  private final OwnedPartitions owned;
  private final Lease lease;
  private final Runnable onChange;
  private boolean joined;

  /**
   * Not a member yet.
   *
   * @param owned follows the group's decisions
   * @param lease ends with a pause, and begins anew when the group has answered
   * @param onChange called after each change of what is owned
   */
  Membership(
      Consumer<?, ?> consumer,
      String topic,
      OwnedPartitions owned,
      Lease lease,
      Runnable onChange) {
    this.consumer = consumer;
    this.topic = topic;
    this.owned = owned;
    this.lease = lease;
    this.onChange = onChange;
  }

  void join() {
    joined = false;
    consumer.subscribe(List.of(topic), this);
  }

  /**
   * Gives everything up if the lease has ended: after so long others have it. To leave and to join
   * anew is right whether the broker has noticed the pause or not.
   *
   * @return whether it did
   */
  boolean rejoinAfterPause() {
    if (!joined || lease.isValid()) {
      return false;
    }
    LOG.warn(
        "event=fleet_paused millis={} partitions={}",
        lease.sinceRenewal().toMillis(),
        owned.size());
    owned.clear();
    onChange.run();
    consumer.unsubscribe();
    join();
    return true;
  }

  /** Prolongs the lease of a member. False: the group has not answered yet. */
  boolean renew() {
    if (joined) {
      lease.renew();
    }
    return joined;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    joined = true;
    lease.renew();
    owned.add(partitions);
    consumer.seekToBeginning(partitions);
    LOG.info("event=fleet_assigned partitions={} owned={}", partitions.size(), owned.size());
    onChange.run();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    owned.remove(partitions);
    LOG.info("event=fleet_revoked partitions={} owned={}", partitions.size(), owned.size());
    onChange.run();
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    owned.remove(partitions);
    LOG.warn("event=fleet_lost partitions={} owned={}", partitions.size(), owned.size());
    onChange.run();
  }
}
