package io.emberwatch.bench.format;

import io.emberwatch.bench.CapturedReply;
import io.emberwatch.schemas.InstanceSample;
import java.util.concurrent.TimeUnit;
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

/**
 * Microseconds to write and to read one sample: our record against JSON and a map of the same
 * fields. Prints the bytes of each, too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SampleFormatBench {

  /** What a sample is written as. */
  public enum Format {
    /** Our Avro record. */
    RECORD,
    /** A flat JSON object. */
    JSON,
    /** An Avro map of doubles. */
    MAP;

    SampleFormat of(InstanceSample sample) {
      return switch (this) {
        case RECORD -> new RecordFormat(sample);
        case JSON -> new JsonFormat(FlatSample.of(sample));
        case MAP -> new MapFormat(FlatSample.of(sample));
      };
    }
  }

  /** Which reply the sample was made of. */
  @Param({"CORE", "EVERYTHING"})
  public CapturedReply reply = CapturedReply.CORE;

  /** How it is written. */
  @Param({"RECORD", "JSON", "MAP"})
  public Format format = Format.RECORD;

  private SampleFormat formatted = Format.RECORD.of(new InstanceSample());
  private byte[] encoded = new byte[0];

  /** Makes the sample and its bytes, and says how many. */
  @Setup
  public void prepare() {
    InstanceSample sample = reply.sample();
    FlatSample flat = FlatSample.of(sample);
    formatted = format.of(sample);
    encoded = formatted.encode();
    System.out.printf(
        "%s as %s: %d bytes, of %d fields, %d of them numbers%n",
        reply, format, encoded.length, flat.fields().size(), flat.numbers().size());
  }

  /** Sample to bytes. */
  @Benchmark
  public byte[] encode() {
    return formatted.encode();
  }

  /** Bytes to sample. */
  @Benchmark
  public Object decode() {
    return formatted.decode(encoded);
  }
}
