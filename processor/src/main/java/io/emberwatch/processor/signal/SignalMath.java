package io.emberwatch.processor.signal;

import io.emberwatch.processor.signal.Pairing.Gap;
import io.emberwatch.processor.signal.Pairing.Restarted;
import io.emberwatch.processor.signal.Pairing.StatsReset;
import io.emberwatch.processor.signal.Pairing.TooClose;
import io.emberwatch.processor.state.Counters;
import io.emberwatch.processor.state.ErrorCounters;
import io.emberwatch.processor.state.EventCounters;
import io.emberwatch.processor.state.ExpiryTrend;
import io.emberwatch.processor.state.LastSample;
import io.emberwatch.processor.state.SlowlogPosition;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.TargetState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Derives the signals of a sample from it and from what is remembered of the instance: {@code
 * (state, sample, now) -> (state', signals)}. Pure: the same input gives the same output, so a
 * replay equals what was seen live.
 *
 * <p>A failed poll gives signals without figures and keeps the base of the next delta, so that the
 * next good sample is paired over the failure unless more than three poll intervals have passed.
 */
public final class SignalMath {

  private SignalMath() {}

  /**
   * Derives the signals of one sample.
   *
   * @param last what is remembered of the instance. Null: nothing
   * @param eventTime when the sample was taken, clamped against a wrong clock
   * @param now when it arrived here
   */
  public static Derivation derive(
      @Nullable LastSample last, InstanceSample sample, Instant eventTime, Instant now) {
    long eventMicros = CounterReading.micros(eventTime);
    if (last == null && sample.getState() == TargetState.RETIRED) {
      // Told again by each collector that takes over; there is nothing left to end.
      return new Derivation.Stale();
    }
    if (last != null && SampleOrder.isStale(last, sample, eventMicros)) {
      return new Derivation.Stale();
    }
    LastSample known = last == null ? new LastSample() : last;
    LastSample next = withOrder(known, sample, eventMicros);
    Signals signals = IdentitySignals.of(sample, eventTime, now);
    signals.setRoleChanged(roleChanged(known.getRole(), sample.getRole()));
    if (sample.getRole() != Role.UNKNOWN) {
      next.setRole(sample.getRole().name());
    }
    Counters counters = CounterReading.of(sample, eventTime);
    if (counters != null) {
      compare(known, sample, counters, signals, next);
    }
    return new Derivation.Derived(signals, next);
  }

  private static LastSample withOrder(LastSample known, InstanceSample sample, long eventMicros) {
    LastSample next = new LastSample();
    next.setCollectorId(sample.getCollectorId());
    next.setSequence(sample.getSequence());
    next.setSampledAtMicros(eventMicros);
    next.setRole(known.getRole());
    next.setCounters(known.getCounters());
    next.setErrors(known.getErrors());
    next.setSlowlog(known.getSlowlog());
    next.setEvents(known.getEvents());
    next.setExpiry(known.getExpiry());
    return next;
  }

  private static void compare(
      LastSample known,
      InstanceSample sample,
      Counters counters,
      Signals signals,
      LastSample next) {
    Pairing pairing = Pairing.of(known.getCounters(), counters, sample.getPollIntervalMillis());
    signals.setRestarted(pairing instanceof Restarted);
    signals.setStatsReset(pairing instanceof StatsReset);
    signals.setGap(pairing instanceof Gap);
    PairedSample seen = new PairedSample(sample, pairing.pairOrNull());
    SamplePair pair = seen.pair();
    signals.setIntervalSeconds(pair == null ? null : pair.seconds());
    MemorySignals.write(seen, signals);
    TrafficSignals.write(seen, signals);
    ConnectionSignals.write(seen, signals);
    CpuSignals.write(seen, signals);
    KeyspaceSignals.write(seen, signals);
    ReplicationSignals.write(seen, signals);
    PersistenceSignals.write(seen, signals);
    SlowlogSignals.writeSlowest(sample.getSlowlog(), signals);
    if (!(pairing instanceof TooClose)) {
      advance(known, seen, counters, signals, next);
    }
  }

  /** Writes the signals that have a base of their own, and moves every base to this sample. */
  private static void advance(
      LastSample known, PairedSample seen, Counters counters, Signals signals, LastSample next) {
    InstanceSample sample = seen.sample();
    boolean continues = seen.pair() != null;
    next.setCounters(counters);

    Instant eventTime = signals.getSampledAt();
    ErrorCounters errorsBefore = continues ? known.getErrors() : null;
    ErrorCounters errors = ErrorSignals.read(sample, eventTime);
    ErrorSignals.write(errorsBefore, errors, signals);
    next.setErrors(errors != null ? errors : errorsBefore);

    SlowlogPosition slowlogBefore = continues ? known.getSlowlog() : null;
    SlowlogPosition slowlog = SlowlogSignals.read(sample, eventTime);
    SlowlogSignals.writeRate(slowlogBefore, slowlog, signals);
    next.setSlowlog(slowlog != null ? slowlog : slowlogBefore);

    EventCounters events = NotificationSignals.read(sample);
    NotificationSignals.write(seen, known.getEvents(), events, signals);
    next.setEvents(events);

    next.setExpiry(expiry(known.getExpiry(), seen, signals));
  }

  private static @Nullable ExpiryTrend expiry(
      @Nullable ExpiryTrend before, PairedSample seen, Signals signals) {
    Long expired = seen.delta(Counters::getExpiredKeys);
    if (seen.pair() == null || expired == null) {
      return ExpireBurst.interrupt(before);
    }
    ExpiryTrend trend = ExpireBurst.add(before, seen.pair().seconds(), expired);
    signals.setExpireBurst(ExpireBurst.ratio(trend));
    return trend;
  }

  private static boolean roleChanged(@Nullable String before, Role now) {
    return before != null && now != Role.UNKNOWN && !before.equals(now.name());
  }
}
