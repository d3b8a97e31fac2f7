package io.emberwatch.collector.info;

import io.emberwatch.schemas.Engine;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import io.emberwatch.schemas.TargetState;
import io.emberwatch.schemas.Tier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Samples for tests, and what they become on the wire. */
public final class Samples {

  private Samples() {}

  /** A sample of one server without any section. */
  public static InstanceSample empty() {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId("prod/orders/10.0.0.1:6379");
    sample.setFleet("prod");
    sample.setGroup("orders");
    sample.setLabels(Map.of());
    sample.setTier(Tier.CACHE);
    sample.setCollectorId("collector-1");
    sample.setSequence(1);
    sample.setSampledAt(Instant.EPOCH);
    sample.setPollIntervalMillis(15_000);
    sample.setState(TargetState.UP);
    sample.setEngine(Engine.UNKNOWN);
    sample.setRole(Role.UNKNOWN);
    sample.setProbeLatencyUsec(Map.of());
    sample.setRefusedProbes(List.of());
    return sample;
  }

  /** The Avro binary form, without the 5 bytes of the wire format. */
  public static byte[] encode(InstanceSample sample) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(InstanceSample.class).write(sample, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static InstanceSample roundTrip(InstanceSample sample) {
    try {
      return new SpecificDatumReader<>(InstanceSample.class)
          .read(new InstanceSample(), DecoderFactory.get().binaryDecoder(encode(sample), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
