package io.emberwatch.collector.exposition;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/**
 * The latest samples of one target that together tell all that is known of it: the last, and of the
 * earlier ones those with a part that none since has told. They are kept as they were published,
 * some 10 KB a target where the records themselves would be 50 KB of heap, and are read only when
 * somebody asks. What the same process said is put together, nothing else: a restart, a changed
 * role or a failed poll begins anew. Immutable.
 */
final class SampleTrail {

  private static final SpecificDatumReader<InstanceSample> READER =
      new SpecificDatumReader<>(InstanceSample.class);

  private final List<Told> samples;
  private final Teller teller;

  /**
   * One sample.
   *
   * @param encoded Avro's binary encoding, without a header
   */
  private record Told(ByteBuffer encoded, BitSet parts) {}

  /** Whose samples belong together. */
  private record Teller(TargetState state, Role role, @Nullable Object runId) {

    static Teller of(InstanceSample sample) {
      return new Teller(
          sample.getState(),
          sample.getRole(),
          sample.getServer() == null ? null : sample.getServer().getRunId());
    }

    boolean goesOnWith(Teller next) {
      return next.state == TargetState.UP
          && next.runId != null
          && next.runId.equals(runId)
          && next.role == role;
    }
  }

  private SampleTrail(List<Told> samples, Teller teller) {
    this.samples = List.copyOf(samples);
    this.teller = teller;
  }

  /** The trail of a target that was polled once. */
  static SampleTrail of(InstanceSample sample, ByteBuffer encoded) {
    return new SampleTrail(List.of(new Told(encoded, SampleParts.of(sample))), Teller.of(sample));
  }

  /** This trail with what the next poll told. */
  SampleTrail with(SampleTrail next) {
    if (!teller.goesOnWith(next.teller)) {
      return next;
    }
    List<Told> all = new ArrayList<>(next.samples);
    BitSet since = (BitSet) next.samples.get(0).parts().clone();
    for (int i = samples.size() - 1; i >= 0; i--) {
      Told earlier = samples.get(i);
      BitSet own = (BitSet) earlier.parts().clone();
      own.andNot(since);
      if (!own.isEmpty()) {
        all.add(0, earlier);
        since.or(own);
      }
    }
    return new SampleTrail(all, next.teller);
  }

  /** Number of samples that are kept. */
  int size() {
    return samples.size();
  }

  /** The last sample, completed by the earlier ones. */
  InstanceSample latest() {
    InstanceSample latest = read(samples.get(samples.size() - 1));
    for (int i = samples.size() - 2; i >= 0; i--) {
      SampleParts.complete(latest, read(samples.get(i)));
    }
    return latest;
  }

  private static InstanceSample read(Told told) {
    ByteBuffer bytes = told.encoded();
    try {
      return Objects.requireNonNull(
          READER.read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(
                      bytes.array(),
                      bytes.arrayOffset() + bytes.position(),
                      bytes.remaining(),
                      null)));
    } catch (IOException broken) {
      throw new UncheckedIOException("a sample of ours cannot be read", broken);
    }
  }
}
