package io.emberwatch.processor.topology;

import io.emberwatch.schemas.InstanceSample;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Event time of a sample: when the collector took it, but no later than the broker's clock plus a
 * tolerance. Stream time is one number for all instances of a partition, so one collector with a
 * fast clock would otherwise close the windows of all others and make their samples late. Past
 * times are left alone: a collector that spooled through an outage is honestly late.
 *
 * <p>The broker's clock is the record's append time; where a topic keeps the producer's time
 * instead, this machine's clock stands in for it.
 */
final class EventTimeExtractor implements TimestampExtractor {

  private final long toleranceMillis;
  private final Clock clock;
  private final Counter clamped;

  EventTimeExtractor(Duration tolerance, Clock clock, MeterRegistry meters) {
    this.toleranceMillis = tolerance.toMillis();
    this.clock = clock;
    this.clamped =
        Counter.builder("emberwatch.processor.samples.clamped")
            .description("Samples whose time was ahead of the broker's clock and was set back")
            .register(meters);
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (!(record.value() instanceof InstanceSample sample)) {
      return record.timestamp();
    }
    long latest = brokerTime(record) + toleranceMillis;
    long sampledAt = sample.getSampledAt().toEpochMilli();
    if (sampledAt > latest) {
      clamped.increment();
      return latest;
    }
    // Streams drops records with a negative time without a dead letter.
    return Math.max(0, sampledAt);
  }

  private long brokerTime(ConsumerRecord<Object, Object> record) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME
        ? record.timestamp()
        : clock.millis();
  }
}
