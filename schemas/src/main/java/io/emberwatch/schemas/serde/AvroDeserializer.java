package io.emberwatch.schemas.serde;

import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one type from the Confluent wire format, whatever version of the schema they
 * were written with: fields that the reader does not know are skipped, fields that the writer did
 * not know get their default, unknown enum symbols become the enum's default. Thread-safe.
 */
public final class AvroDeserializer<V extends SpecificRecord> implements Deserializer<V> {

  /** A topic sees a handful of schema versions in its life; more means garbage. */
  private static final int MAX_READERS = 1000;

  static {
    TrustedRecords.trust();
  }

  private final Class<V> type;
  private final SchemaIds ids;
  private final Schema readerSchema;
  private final SpecificData model;
  private final Map<Integer, DatumReader<V>> readers = new ConcurrentHashMap<>();

  /** Deserializer of records of this type. */
  public AvroDeserializer(Class<V> type, SchemaIds ids) {
    GeneratedCoders.use(type);
    this.type = type;
    this.ids = ids;
    this.model = SpecificData.getForClass(type);
    this.readerSchema = model.getSchema(type);
  }

  /**
   * Record in the bytes. Null, a tombstone, gives null.
   *
   * @throws SerdeException if there is none
   */
  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    int schemaId = WireFormat.schemaId(value);
    DatumReader<V> reader = readerFor(schemaId);
    try {
      return read(reader, value, schemaId);
    } catch (EOFException e) {
      throw new SerdeException(
          SerdeException.Code.TRUNCATED,
          "value of schema id %d ends after %d bytes, before its record"
              .formatted(schemaId, value.length),
          e);
    } catch (IOException | RuntimeException e) {
      throw unreadable(schemaId, e.getClass().getSimpleName(), e);
    }
  }

  private V read(DatumReader<V> reader, byte[] value, int schemaId) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
    V record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes follow the record of schema id " + schemaId);
    }
    return record;
  }

  private DatumReader<V> readerFor(int schemaId) {
    DatumReader<V> known = readers.get(schemaId);
    if (known != null) {
      return known;
    }
    DatumReader<V> reader = new SpecificDatumReader<>(writerSchema(schemaId), readerSchema, model);
    if (readers.size() >= MAX_READERS) {
      readers.clear();
    }
    readers.put(schemaId, reader);
    return reader;
  }

  private Schema writerSchema(int schemaId) {
    try {
      return ids.schemaOf(schemaId);
    } catch (RegistryException e) {
      if (e.code() == RegistryException.Code.NOT_FOUND) {
        throw new SerdeException(
            SerdeException.Code.UNKNOWN_SCHEMA_ID, "no schema has id " + schemaId, e);
      }
      throw new SerdeException(
          SerdeException.Code.REGISTRY,
          "the registry cannot say what schema id %d is: %s".formatted(schemaId, e.code()),
          e);
    } catch (AvroRuntimeException e) {
      throw unreadable(schemaId, "its schema is not valid", e);
    }
  }

  private SerdeException unreadable(int schemaId, String reason, Exception cause) {
    return new SerdeException(
        SerdeException.Code.UNREADABLE,
        "value of schema id %d cannot be read as %s: %s"
            .formatted(schemaId, type.getName(), reason),
        cause);
  }
}
