package io.emberwatch.schemas.registry;

import io.emberwatch.schemas.Rate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/** Confluent's own registry client 7.5.3 with its own Avro, as Flink bundles and relocates them. */
final class ConfluentClient {

  private final CachedSchemaRegistryClient client;

  ConfluentClient(String url) {
    this.client = new CachedSchemaRegistryClient(url, 10);
  }

  int register(String subject, Schema schema) {
    try {
      return client.register(subject, new AvroSchema(schema.toString()));
    } catch (IOException | RestClientException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fields of a record in the wire format, text as String. */
  Map<String, Object> read(byte[] value) {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(value);
      org.apache.flink.avro.shaded.org.apache.avro.Schema schema =
          new ConfluentSchemaRegistryCoder(client).readSchema(in);
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(in, null));
      Map<String, Object> fields = new HashMap<>();
      schema
          .getFields()
          .forEach(field -> fields.put(field.name(), plain(record.get(field.name()))));
      return fields;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A rate in the wire format, its schema registered by Confluent's client. */
  byte[] write(String subject, Schema schema, Rate rate) {
    try {
      org.apache.flink.avro.shaded.org.apache.avro.Schema theirs =
          new AvroSchema(schema.toString()).rawSchema();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new ConfluentSchemaRegistryCoder(subject, client).writeSchema(theirs, out);
      GenericRecord record = new GenericData.Record(theirs);
      theirs
          .getFields()
          .forEach(field -> record.put(field.name(), encodable(rate.get(field.pos()))));
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(theirs).write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object plain(Object value) {
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private static Object encodable(Object value) {
    return value instanceof Instant time ? ChronoUnit.MICROS.between(Instant.EPOCH, time) : value;
  }
}
