package io.emberwatch.collector.fleet;

import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.schemas.TargetDefinition;
import io.emberwatch.schemas.serde.SerdeException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records of the topic into what is kept of their partition. */
final class DefinitionReader {

  private static final Logger LOG = LoggerFactory.getLogger(DefinitionReader.class);

  private final Deserializer<TargetDefinition> deserializer;
  private final Path folder;

  /**
   * @param folder what relative paths in the definitions are relative to
   */
  DefinitionReader(Deserializer<TargetDefinition> deserializer, Path folder) {
    this.deserializer = deserializer;
    this.folder = folder;
  }

  /**
   * Takes one record. One that cannot be used is refused, and the key's former definition stays.
   *
   * @throws SerdeException that is retriable: the registry is away, and nothing was taken
   */
  void read(ConsumerRecord<String, byte[]> record, OwnedPartition into) {
    if (record.key() == null) {
      refuse(record, "without a key", into);
    } else if (record.value() == null) {
      into.remove(record.key(), Instant.ofEpochMilli(record.timestamp()));
    } else {
      define(record, into);
    }
  }

  private void define(ConsumerRecord<String, byte[]> record, OwnedPartition into) {
    try {
      TargetDefinition definition = deserializer.deserialize(record.topic(), record.value());
      into.put(record.key(), SharedDefinition.read(record.key(), definition, folder));
    } catch (SerdeException fault) {
      if (fault.retriable()) {
        throw fault;
      }
      refuse(record, fault.code() + ": " + fault.getMessage(), into);
    } catch (ConfigException fault) {
      refuse(record, fault.problems().get(0).toString(), into);
    } catch (IllegalArgumentException fault) {
      refuse(record, String.valueOf(fault.getMessage()), into);
    }
  }

  private static void refuse(
      ConsumerRecord<String, byte[]> record, String problem, OwnedPartition into) {
    String key = String.valueOf(record.key());
    into.refuse(key, problem);
    LOG.error(
        "event=definition_refused key={} record={}-{}@{} problem=\"{}\"",
        key,
        record.topic(),
        record.partition(),
        record.offset(),
        problem);
  }
}
