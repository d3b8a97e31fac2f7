package io.emberwatch.processor.topology;

import io.emberwatch.processor.rate.WindowKey;
import io.emberwatch.processor.rate.WindowMath;
import io.emberwatch.processor.rate.WindowSize;
import io.emberwatch.processor.state.WindowSummary;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Puts each sample into its minute, and closes windows as the stream's time passes them. */
final class RateProcessor implements Processor<String, Signals, String, Rate> {

  private static final Duration CLOSE_EVERY = Duration.ofSeconds(1);

  /** About 50 ms of work a tick: what is left waits a second rather than holding breaches back. */
  static final int MAX_CLOSED_A_TICK = 500;

  private final long graceMillis;
  private final Counter late;
  private @Nullable Wiring wiring;

  RateProcessor(Duration grace, MeterRegistry meters) {
    this.graceMillis = grace.toMillis();
    this.late =
        Counter.builder("emberwatch.processor.rates.late")
            .description("Samples that came after their window had closed")
            .register(meters);
  }

  @Override
  public void init(ProcessorContext<String, Rate> context) {
    Map<WindowSize, KeyValueStore<String, WindowSummary>> stores = new EnumMap<>(WindowSize.class);
    for (WindowSize size : WindowSize.values()) {
      stores.put(size, context.getStateStore(RateStage.store(size)));
    }
    Wiring wired = new Wiring(context, stores);
    wiring = wired;
    context.schedule(CLOSE_EVERY, PunctuationType.STREAM_TIME, time -> close(wired, time));
  }

  @Override
  public void process(Record<String, Signals> record) {
    if (wiring == null) {
      throw new IllegalStateException("process before init");
    }
    long time = Math.max(wiring.context.currentStreamTimeMs(), record.timestamp());
    long start = WindowSize.MINUTE.startOf(record.timestamp());
    if (start <= newestClosedStart(WindowSize.MINUTE, time)) {
      late.increment();
      return;
    }
    KeyValueStore<String, WindowSummary> minutes = wiring.store(WindowSize.MINUTE);
    String key = new WindowKey(start, record.key()).text();
    minutes.put(key, WindowMath.add(minutes.get(key), record.value()));
  }

  /** A longer window closes after all that it is made of, so only when no shorter one waits. */
  private void close(Wiring wired, long time) {
    int left = MAX_CLOSED_A_TICK;
    for (WindowSize size : WindowSize.values()) {
      List<KeyValue<String, WindowSummary>> closed = closed(wired.store(size), size, time, left);
      for (KeyValue<String, WindowSummary> window : closed) {
        close(wired, size, WindowKey.parse(window.key), window.value);
      }
      left -= closed.size();
      if (left == 0) {
        return;
      }
    }
  }

  /** Deletes first: a window that fails must not fail again at every tick. */
  private static void close(Wiring wired, WindowSize size, WindowKey key, WindowSummary window) {
    wired.store(size).delete(key.text());
    size.longer().ifPresent(longer -> extend(wired, longer, key, window));
    long end = key.startMillis() + size.millis();
    for (Rate rate : WindowMath.rates(key, size, window)) {
      wired.context.forward(new Record<>(key.instanceId(), rate, end));
    }
  }

  private static void extend(Wiring wired, WindowSize longer, WindowKey key, WindowSummary window) {
    String into = new WindowKey(longer.startOf(key.startMillis()), key.instanceId()).text();
    KeyValueStore<String, WindowSummary> store = wired.store(longer);
    store.put(into, WindowMath.merge(store.get(into), window));
  }

  private List<KeyValue<String, WindowSummary>> closed(
      KeyValueStore<String, WindowSummary> store, WindowSize size, long time, int limit) {
    List<KeyValue<String, WindowSummary>> closed = new ArrayList<>();
    long newest = newestClosedStart(size, time);
    if (newest < 0) {
      return closed;
    }
    try (KeyValueIterator<String, WindowSummary> windows =
        store.range(WindowKey.upTo(-1), WindowKey.upTo(newest))) {
      while (windows.hasNext() && closed.size() < limit) {
        closed.add(windows.next());
      }
    }
    return closed;
  }

  private long newestClosedStart(WindowSize size, long time) {
    return size.newestClosedStart(time - graceMillis);
  }

  private record Wiring(
      ProcessorContext<String, Rate> context,
      Map<WindowSize, KeyValueStore<String, WindowSummary>> stores) {

    KeyValueStore<String, WindowSummary> store(WindowSize size) {
      KeyValueStore<String, WindowSummary> store = stores.get(size);
      if (store == null) {
        throw new IllegalStateException("no store for " + size);
      }
      return store;
    }
  }
}
