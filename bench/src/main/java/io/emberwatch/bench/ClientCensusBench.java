package io.emberwatch.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.emberwatch.collector.clients.ClientListReader;
import io.emberwatch.schemas.ClientCensus;
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

/** Microseconds to reduce CLIENT LIST of Redis 7.2 to a census. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ClientCensusBench {

  /** A line as Redis 7.2.4 prints it; id, host, port, name, age, idle and memory vary. */
  private static final String LINE =
      "id=%d addr=10.0.%d.%d:%d laddr=10.0.0.1:6379 fd=%d name=service-%d age=%d idle=%d flags=N db=0"
          + " sub=0 psub=0 ssub=0 multi=-1 qbuf=0 qbuf-free=20474 argv-mem=0 multi-mem=0 rbs=1024"
          + " rbp=0 obl=0 oll=0 omem=0 tot-mem=%d events=r cmd=get user=default redir=-1 resp=2"
          + " lib-name=jedis lib-ver=5.1.0\n";

  /** Clients. */
  @Param({"100", "1000", "5000"})
  public int clients = 100;

  private byte[] reply = new byte[0];

  /** Writes the reply. */
  @Setup
  public void write() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < clients; i++) {
      lines.append(
          LINE.formatted(
              i,
              i % 4,
              i % 50,
              30_000 + i,
              i + 8,
              i % 80,
              clients - i,
              i * 7919 % 4000,
              22_400 + i % 1_000));
    }
    reply = lines.toString().getBytes(US_ASCII);
  }

  /** One census. */
  @Benchmark
  public ClientCensus reduce() {
    return ClientListReader.read(reply, 10);
  }
}
