package io.emberwatch.bench;

import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topics;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds to encode and to decode one sample in the Confluent wire format. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SampleSerdeBench {

  private static final String TOPIC = Topics.SAMPLES.name();

  /** Which reply the sample was made of. */
  @Param({"CORE", "EVERYTHING"})
  public CapturedReply reply = CapturedReply.CORE;

  private final AvroSerde<InstanceSample> serde =
      AvroSerde.of(Topics.SAMPLES, new InMemorySchemas());
  private InstanceSample sample = new InstanceSample();
  private byte[] encoded = new byte[0];

  /** Makes the sample and its bytes. */
  @Setup
  public void prepare() {
    sample = reply.sample();
    encoded = Objects.requireNonNull(serde.serializer().serialize(TOPIC, sample));
  }

  /** Record to bytes. */
  @Benchmark
  public byte @Nullable [] encode() {
    return serde.serializer().serialize(TOPIC, sample);
  }

  /** Bytes to record. */
  @Benchmark
  public @Nullable InstanceSample decode() {
    return serde.deserializer().deserialize(TOPIC, encoded);
  }
}
