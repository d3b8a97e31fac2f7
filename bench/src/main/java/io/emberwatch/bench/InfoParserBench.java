package io.emberwatch.bench;

import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
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

/** Microseconds to parse one INFO reply. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class InfoParserBench {

  /** Which reply. */
  @Param({"CORE", "EVERYTHING"})
  public CapturedReply reply = CapturedReply.CORE;

  private byte[] bytes = new byte[0];

  /** Loads the reply. */
  @Setup
  public void load() {
    bytes = reply.bytes();
  }

  /** One reply. */
  @Benchmark
  public InfoReply parse() {
    return InfoParser.parse(bytes, reply.look());
  }
}
