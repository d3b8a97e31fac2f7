package io.emberwatch.processor;

import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams with its state as a check. A thread that fails is replaced, within limits: what
 * fails again and again is no passing fault, and ends the processor where a supervisor sees it.
 */
final class RunningStreams {

  private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);

  /**
   * A registry restart of half a minute fails some records' threads; five in ten minutes is more.
   */
  private static final int MAX_FAILURES = 5;

  private static final Duration FAILURE_WINDOW = Duration.ofMinutes(10);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics streamsMetrics;
  private final CheckState check;
  private final FailureLimit failures;
  private final Counter replaced;
  private final CompletableFuture<Void> termination;
  private final Clock clock;

  RunningStreams(
      Topology topology,
      Map<String, Object> properties,
      MeterRegistry meters,
      Clock clock,
      CompletableFuture<Void> termination) {
    Properties copy = new Properties();
    copy.putAll(properties);
    this.streams = new KafkaStreams(topology, copy);
    this.streamsMetrics = new KafkaStreamsMetrics(streams);
    this.check = new CheckState("streams", clock);
    this.failures = new FailureLimit(MAX_FAILURES, FAILURE_WINDOW);
    this.clock = clock;
    this.termination = termination;
    this.replaced =
        Counter.builder("emberwatch.processor.threads.replaced")
            .description("Stream threads that failed and were replaced")
            .register(meters);
    streams.setStateListener(this::onState);
    streams.setUncaughtExceptionHandler(this::onFailure);
    streamsMetrics.bindTo(meters);
  }

  void start() {
    streams.start();
  }

  Check check() {
    return check.check();
  }

  /**
   * Stops in this time, with open transactions committed and stores written.
   *
   * @throws IllegalStateException when the time is up before
   */
  void close(Duration timeout) {
    streamsMetrics.close();
    if (!streams.close(timeout)) {
      throw new IllegalStateException("Kafka Streams did not stop within " + timeout);
    }
  }

  private void onState(State now, State before) {
    LOG.info("event=streams_state state={} before={}", now, before);
    if (now == State.RUNNING) {
      check.ok("RUNNING");
    } else {
      check.failing(now.name());
    }
    if (now == State.ERROR) {
      termination.completeExceptionally(new IllegalStateException("Kafka Streams gave up"));
    }
  }

  private StreamThreadExceptionResponse onFailure(Throwable fault) {
    boolean giveUp = failures.add(clock.instant()) || fault instanceof Error;
    LOG.error("event=stream_thread_failed replaced={}", !giveUp, fault);
    if (giveUp) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replaced.increment();
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
