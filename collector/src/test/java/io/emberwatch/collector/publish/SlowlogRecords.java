package io.emberwatch.collector.publish;

import io.emberwatch.schemas.Slowlog;
import io.emberwatch.schemas.SlowlogKind;
import io.emberwatch.schemas.serde.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/** Small records that carry a number. */
final class SlowlogRecords {

  private SlowlogRecords() {}

  static Slowlog of(String key, long number, String argument) {
    Slowlog slow = new Slowlog();
    slow.setInstanceId(key);
    slow.setFleet("f");
    slow.setGroup("g");
    slow.setLabels(Map.of());
    slow.setCollectorId("c1");
    slow.setKind(SlowlogKind.SLOW);
    slow.setEntryId(number);
    slow.setExecutedAt(Instant.EPOCH);
    slow.setCommand("set");
    slow.setArguments(List.of(argument));
    return slow;
  }

  static long numberOf(byte[] value) {
    try {
      int from = WireFormat.HEADER_BYTES;
      return new SpecificDatumReader<>(Slowlog.class)
          .read(
              new Slowlog(),
              DecoderFactory.get().binaryDecoder(value, from, value.length - from, null))
          .getEntryId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
