package io.emberwatch.processor.signal;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.RandomId;
import io.emberwatch.schemas.identity.RandomIds;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sample with the one before it: what its signals are derived from.
 *
 * @param sample the sample; a failed poll has no sections
 * @param pair the sample and the one before. Null: no usable pair
 */
record PairedSample(InstanceSample sample, @Nullable SamplePair pair) {

  /** A field of a section. Null: the section or the field was not reported. */
  static <S, T> @Nullable T field(@Nullable S section, Function<S, @Nullable T> field) {
    return section == null ? null : field.apply(section);
  }

  /** A random id of a section as text. Null: as above. */
  static <S> @Nullable String id(@Nullable S section, Function<S, @Nullable RandomId> field) {
    RandomId id = field(section, field);
    return id == null ? null : RandomIds.text(id);
  }

  /** {@code value}, or 0 when it was not reported. */
  static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** {@code part/whole}. Null: either is unknown, or the whole is not above 0. */
  static @Nullable Double share(@Nullable Long part, @Nullable Long whole) {
    return part == null || whole == null || whole <= 0
        ? null
        : (Double) (part.doubleValue() / whole);
  }

  /** At most 1, for shares of time whose terms are read at slightly different moments. */
  static @Nullable Double atMostOne(@Nullable Double share) {
    return share == null ? null : (Double) Math.min(1, share);
  }

  /** Growth of a counter over the pair. Null: no pair, or unknown. */
  @Nullable Long delta(Function<Counters, @Nullable Long> counter) {
    return pair == null ? null : pair.delta(counter);
  }

  /** Growth of a counter per second. Null: no pair, or unknown. */
  @Nullable Double rate(Function<Counters, @Nullable Long> counter) {
    return pair == null ? null : pair.rate(counter);
  }
}
