package io.emberwatch.collector.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ConfigFacts;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.SlowlogSummary;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goal P7: a core sample is at most 500 bytes plain, and 300 bytes in a batch of 100 under lz4: of
 * a primary with a replica, two databases and four kinds of errors, with all that comes in every
 * poll. What the slow cadence adds is shown, not held.
 */
class SampleSizeTest {

  private static final Logger LOG = LoggerFactory.getLogger(SampleSizeTest.class);

  private static final String PRIMARY = "redis-7.0.15/primary-info.txt";
  private static final String REPLICA = "redis-7.0.15/replica-info-all.txt";

  private static final String REDIS_8 = "redis-8.0-preview/primary-info.txt";

  @Test
  void staysSmallOnTheWire() {
    int plain = plainBytes(PRIMARY, Look.CORE);
    int inBatch = bytesInBatch(PRIMARY, Look.CORE);
    LOG.info("core sample bytes: plain={} lz4InBatchOf100={}", plain, inBatch);
    LOG.info("of the first: {}", bytesBySection(sample(PRIMARY, Look.CORE, 0, new Random(42))));
    assertThat(plain).isLessThanOrEqualTo(500);
    assertThat(inBatch).isLessThanOrEqualTo(300);
  }

  @Test
  void staysSmallForAReplicaToo() {
    int plain = plainBytes(REPLICA, Look.CORE);
    int inBatch = bytesInBatch(REPLICA, Look.CORE);
    LOG.info("core sample of a replica: plain={} lz4InBatchOf100={}", plain, inBatch);
    LOG.info("full sample: plain={}", plainBytes(PRIMARY, Look.FULL));
    LOG.info("core sample of Redis 8: plain={}", plainBytes(REDIS_8, Look.CORE));
    assertThat(plain).isLessThanOrEqualTo(500);
    assertThat(inBatch).isLessThanOrEqualTo(300);
  }

  private static int plainBytes(String reply, Look look) {
    return Arrays.stream(records(reply, look)).mapToInt(r -> r.value().remaining()).max().orElse(0);
  }

  private static int bytesInBatch(String reply, Look look) {
    SimpleRecord[] records = records(reply, look);
    return MemoryRecords.withRecords(Compression.lz4().build(), records).sizeInBytes()
        / records.length;
  }

  /** With the 5 bytes of the wire format. */
  private static SimpleRecord[] records(String reply, Look look) {
    Random random = new Random(42);
    SimpleRecord[] records = new SimpleRecord[100];
    for (int i = 0; i < records.length; i++) {
      byte[] value = Samples.encode(sample(reply, look, i, random));
      byte[] framed = new byte[value.length + 5];
      System.arraycopy(value, 0, framed, 5, value.length);
      records[i] = new SimpleRecord(framed);
    }
    return records;
  }

  /** Not held to anything: it tells where the bytes go. */
  private static Map<String, Integer> bytesBySection(InstanceSample sample) {
    int whole = Samples.encode(sample).length;
    Map<String, Integer> bytes = new TreeMap<>();
    for (Schema.Field field : InstanceSample.getClassSchema().getFields()) {
      Object value = sample.get(field.pos());
      if (value instanceof IndexedRecord || (value instanceof List && isNullable(field))) {
        sample.put(field.pos(), null);
        bytes.put(field.name(), whole - Samples.encode(sample).length);
        sample.put(field.pos(), value);
      }
    }
    bytes.put("all", whole);
    return bytes;
  }

  private static boolean isNullable(Schema.Field field) {
    return field.schema().isNullable();
  }

  /** A server of one fleet as polled between two looks at the slow things. */
  private static InstanceSample sample(String reply, Look look, int number, Random random) {
    InstanceSample sample = Samples.empty();
    InfoParser.parse(GoldenReplies.read(reply), look).addTo(sample);
    sample.setInstanceId("prod/orders/10.0.0." + number + ":6379");
    sample.setSequence(10_000 + number);
    sample.setSampledAt(Instant.ofEpochMilli(1_795_373_416_000L + number * 150L));
    sample.setVersion("7.0.15");
    sample.setLabels(Map.of());
    sample.setPingUsec(300L + number);
    sample.setInfoUsec(400L + number);
    sample.setProbeLatencyUsec(Map.of("slowlog", 400L + number));
    sample.setRefusedProbes(List.of());
    sample.setSlowlog(new SlowlogSummary(90L, 0L, 0L, null));
    sample.setConfig(new ConfigFacts(3600L, 10_000L, null, null, 16L, 1L));
    sample.setCommands(look == Look.CORE ? null : sample.getCommands());
    sample.setLatencies(null);
    redraw(sample, random);
    return sample;
  }

  /** Draws 40 % of the numbers anew within their own magnitude, as performance.md section D did. */
  private static void redraw(IndexedRecord record, Random random) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value instanceof IndexedRecord nested) {
        redraw(nested, random);
      } else if (value instanceof Long number && number > 1 && random.nextInt(10) < 4) {
        record.put(field.pos(), number / 2 + random.nextLong(number / 2 + 1));
      }
    }
  }
}
