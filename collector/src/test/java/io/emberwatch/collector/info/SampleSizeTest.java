package io.emberwatch.collector.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import java.time.Instant;
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
 * Goal P7: a core sample is at most 300 bytes in a batch of 100 under lz4, which is met, and 500
 * bytes plain, which is not. Of the sections' 785 bytes, 210 say which nullable field is there, 240
 * are whole numbers, 144 are doubles of 8 bytes, 181 are text (two replication ids and the run id
 * are 123 of it); the sample's head is 220 more. The plain size is held where it is.
 */
class SampleSizeTest {

  private static final Logger LOG = LoggerFactory.getLogger(SampleSizeTest.class);

  private static final int MAX_PLAIN_BYTES = 1050;

  @Test
  void staysSmallOnTheWire() {
    SimpleRecord[] records = new SimpleRecord[100];
    Random random = new Random(42);
    int plain = 0;
    for (int i = 0; i < records.length; i++) {
      byte[] value = Samples.encode(sample(i, random));
      plain = Math.max(plain, value.length + 5);
      byte[] framed = new byte[value.length + 5];
      System.arraycopy(value, 0, framed, 5, value.length);
      records[i] = new SimpleRecord(framed);
    }
    int batch = MemoryRecords.withRecords(Compression.lz4().build(), records).sizeInBytes();
    LOG.info("core sample bytes: plain={} lz4InBatchOf100={}", plain, batch / records.length);
    LOG.info("of the first: {}", bytesBySection(sample(0, random)));
    assertThat(plain).isLessThanOrEqualTo(MAX_PLAIN_BYTES);
    assertThat(batch / records.length).isLessThanOrEqualTo(300);
  }

  /** Not held to anything: it tells where the bytes go. */
  private static Map<String, Integer> bytesBySection(InstanceSample sample) {
    int whole = Samples.encode(sample).length;
    Map<String, Integer> bytes = new TreeMap<>();
    for (Schema.Field field : InstanceSample.getClassSchema().getFields()) {
      Object value = sample.get(field.pos());
      if (value instanceof IndexedRecord) {
        sample.put(field.pos(), null);
        bytes.put(field.name(), whole - Samples.encode(sample).length);
        sample.put(field.pos(), value);
      }
    }
    bytes.put("all", whole);
    return bytes;
  }

  /** A primary of one fleet as polled between two looks at the slow things. */
  private static InstanceSample sample(int number, Random random) {
    InstanceSample sample = Samples.empty();
    InfoParser.parse(GoldenReplies.read("redis-7.0.15/primary-info.txt")).addTo(sample, false);
    sample.setInstanceId("prod/orders/10.0.0." + number + ":6379");
    sample.setHost("10.0.0." + number);
    sample.setSequence(10_000 + number);
    sample.setSampledAt(Instant.ofEpochMilli(1_795_373_416_000L + number * 150L));
    sample.setVersion("7.0.15");
    sample.setLabels(Map.of());
    sample.setProbeLatencyUsec(Map.of("ping", 300L + number, "info", 400L + number));
    sample.setRefusedProbes(List.of());
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
