package io.emberwatch.processor.rate;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Quantiles of a stream of values within 1 % of the true value, whatever its scale and sign, in a
 * few bytes a distinct magnitude: DDSketch (Masson, Rim, Lee, VLDB 2019). Sketches of parts merge
 * into exactly the sketch of the whole. Values nearer to 0 than 1e-300 count as 0.
 */
final class Quantiles {

  /** Relative accuracy: what the contract of Rate promises. */
  static final double ACCURACY = 0.01;

  /** Left out of the encoded form, so to change it the state of the rate stores must be dropped. */
  private static final IndexMapping MAPPING = new LogarithmicMapping(ACCURACY);

  private final DDSketch sketch;

  private Quantiles(DDSketch sketch) {
    this.sketch = sketch;
  }

  static Quantiles empty() {
    return new Quantiles(new DDSketch(MAPPING, PaginatedStore::new));
  }

  static Quantiles decode(ByteBuffer encoded) {
    ByteBuffer view = encoded.duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    try {
      return new Quantiles(
          DDSketch.decode(ByteArrayInput.wrap(bytes), PaginatedStore::new, MAPPING));
    } catch (IOException e) {
      throw new UncheckedIOException("the state holds no sketch", e);
    }
  }

  ByteBuffer encode() {
    return ByteBuffer.wrap(bytes());
  }

  private byte[] bytes() {
    GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(output, true);
    } catch (IOException e) {
      throw new UncheckedIOException("an array refused bytes", e);
    }
    return output.trimmedCopy();
  }

  /**
   * @param value finite
   */
  Quantiles add(double value) {
    sketch.accept(value);
    return this;
  }

  /**
   * Merges bin by bin, through the encoded form: the library's {@code PaginatedStore.mergeWith}
   * (0.8.3) fails with an index out of bounds where the other sketch has pages that this one lacks.
   */
  Quantiles merge(Quantiles other) {
    try {
      sketch.decodeAndMergeWith(ByteArrayInput.wrap(other.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("a sketch does not read what it wrote", e);
    }
    return this;
  }

  /**
   * The value that this share of values does not exceed. Call only when there are values.
   *
   * @param share 0 to 1
   */
  double at(double share) {
    return sketch.getValueAtQuantile(share);
  }
}
