package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away and comes back: every sample waits on disk and arrives. */
class BrokerOutageIT {

  private static final int MAX_IN_FLIGHT = 5;

  @TempDir Path folder;

  @Test
  void pollsOnWhileKafkaIsAwayAndEverySampleArrivesInOrder() throws Exception {
    try (Pipeline pipeline = new Pipeline(folder, Map.of("max-in-flight", MAX_IN_FLIGHT));
        RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start()) {
      Target target =
          Target.builder("it", "outage", "127.0.0.1", redis.port())
              .pollInterval(Duration.ofMillis(200))
              .build();
      pipeline.watch(target);
      pipeline.awaitState(target, TargetState.UP);
      pipeline.stopBroker();
      await().atMost(Duration.ofSeconds(20)).until(() -> pipeline.counter(Names.SPOOLED, "") >= 10);
      assertThat(pipeline.counter(Names.IN_FLIGHT, "")).isLessThanOrEqualTo(2 * MAX_IN_FLIGHT);
      pipeline.restartBroker();
      await().atMost(Duration.ofSeconds(60)).until(() -> pipeline.counter(Names.SPOOLED, "") == 0);
      pipeline.watch();
      await().until(() -> pipeline.counter(Names.IN_FLIGHT, "") == 0);
      double polls = pipeline.counter(Names.POLLS, "");
      assertThat(pipeline.counter(Names.PUBLISHED, "samples")).isEqualTo(polls);
      assertThat(pipeline.counter(Names.DROPPED, "")).isZero();
      assertThat(pipeline.counter(Names.SKIPPED, "backpressure")).isZero();
      await().until(() -> pipeline.samplesOf(target).size() >= polls);
      assertThat(pipeline.samplesOf(target).stream().map(InstanceSample::getSequence).distinct())
          .isSorted()
          .hasSize((int) polls);
    }
  }

  private static final class Names {
    static final String SKIPPED = "emberwatch_collector_polls_skipped_total";
    static final String IN_FLIGHT = "emberwatch_collector_in_flight";
    static final String SPOOLED = "emberwatch_collector_spool_records";
    static final String POLLS = "emberwatch_collector_polls_total";
    static final String PUBLISHED = "emberwatch_collector_records_published_total";
    static final String DROPPED = "emberwatch_collector_records_dropped_total";
  }
}
