package io.emberwatch.schemas.serde;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emberwatch.schemas.Health;
import io.emberwatch.schemas.HealthState;
import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.registry.InMemorySchemas;
import io.emberwatch.schemas.registry.RegistryException;
import io.emberwatch.schemas.registry.SchemaIds;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

  private final InMemorySchemas schemas = new InMemorySchemas();
  private final AvroSerde<Rate> serde = AvroSerde.of(Topics.RATES, schemas);

  @Test
  void readsWhatItWrote() {
    assertThat(read(write(Records.rate()))).isEqualTo(Records.rate());
  }

  @Test
  void writesTheConfluentWireFormat() {
    byte[] value = write(Records.rate());

    assertThat(Arrays.copyOf(value, 5)).containsExactly(0, 0, 0, 0, 1);
    assertThat(Records.parse(Topics.RATES.schema(), value).get("p95")).isEqualTo(9.0);
  }

  @Test
  void keepsTombstones() {
    assertThat(serde.serializer().serialize("any", null)).isNull();
    assertThat(serde.deserializer().deserialize("any", null)).isNull();
  }

  /** For every topic: what plain Avro writes, we read; what we write of it, plain Avro reads. */
  @Property(tries = 30)
  void agreesWithPlainAvroOnEveryTopic(
      @ForAll @IntRange(min = 0, max = 8) int index, @ForAll int seed) {
    Topic<String, ? extends SpecificRecord> topic = Topics.all().get(index);
    GenericRecord original = Records.random(topic.schema(), seed);

    assertThat(throughOurs(topic, original)).isEqualTo(original);
  }

  @Property(tries = 500)
  void garbageGivesAnErrorWithACode(@ForAll @Size(max = 300) byte[] garbage) {
    serde.prepare();
    byte[] value = new byte[garbage.length + 5];
    System.arraycopy(WireFormat.header(1), 0, value, 0, 5);
    System.arraycopy(garbage, 0, value, 5, garbage.length);

    assertThatThrownBy(() -> read(value)).isInstanceOf(SerdeException.class);
  }

  @Test
  void saysThatTheMagicByteIsWrong() {
    byte[] value = write(Records.rate());
    value[0] = 123;

    assertThat(failure(value).code()).isEqualTo(SerdeException.Code.WRONG_MAGIC);
    assertThat(failure("{}".getBytes(StandardCharsets.UTF_8)).code())
        .isEqualTo(SerdeException.Code.WRONG_MAGIC);
  }

  @Test
  void saysThatARecordIsTruncatedWhereverItIsCut() {
    byte[] value = write(Records.rate());

    assertThat(IntStream.range(0, value.length))
        .allSatisfy(
            length ->
                assertThat(failure(Arrays.copyOf(value, length)).code())
                    .isEqualTo(SerdeException.Code.TRUNCATED));
  }

  @Test
  void saysThatBytesFollowTheRecord() {
    byte[] value = write(Records.rate());

    assertThat(failure(Arrays.copyOf(value, value.length + 1)).code())
        .isEqualTo(SerdeException.Code.UNREADABLE);
  }

  @Test
  void doesNotAllocateWhatACorruptLengthAsksFor() {
    serde.prepare();
    byte[] twoGigabytesOfText = {0, 0, 0, 0, 1, -2, -1, -1, -1, 15, 65};

    assertThat(failure(twoGigabytesOfText).code())
        .isIn(SerdeException.Code.TRUNCATED, SerdeException.Code.UNREADABLE);
  }

  @Test
  void saysThatTheSchemaIdIsUnknown() {
    byte[] value = write(Records.rate());
    value[4] = 99;

    SerdeException failure = failure(value);

    assertThat(failure.code()).isEqualTo(SerdeException.Code.UNKNOWN_SCHEMA_ID);
    assertThat(failure).hasMessageContaining("99");
    assertThat(failure.retriable()).isFalse();
  }

  @Test
  void saysThatTheRecordIsOfAnotherTopic() {
    GenericRecord slow = Records.random(Topics.SLOWLOG.schema(), 1);
    byte[] value = Records.bytes(schemas.idOf("s", slow.getSchema()), slow);

    assertThat(failure(value).code()).isEqualTo(SerdeException.Code.UNREADABLE);
  }

  @Test
  void tellsARegistryThatIsDownFromABadRecord() {
    byte[] value = write(Records.rate());
    AvroSerde<Rate> cutOff = AvroSerde.of(Topics.RATES, new FailingSchemas());

    SerdeException reading =
        catchThrowableOfType(
            SerdeException.class, () -> cutOff.deserializer().deserialize("t", value));
    SerdeException writing =
        catchThrowableOfType(
            SerdeException.class, () -> cutOff.serializer().serialize("t", Records.rate()));

    assertThat(List.of(reading, writing))
        .allMatch(failure -> failure.code() == SerdeException.Code.REGISTRY)
        .allMatch(failure -> failure.registryCode() == RegistryException.Code.UNREACHABLE)
        .allMatch(SerdeException::retriable);
    assertThatThrownBy(cutOff::prepare).isInstanceOf(RegistryException.class);
  }

  @Test
  void saysThatARecordLacksAFieldAndGoesOn() {
    Rate incomplete = Records.rate();
    incomplete.setSignal(null);

    SerdeException failure =
        catchThrowableOfType(
            SerdeException.class, () -> serde.serializer().serialize("t", incomplete));

    assertThat(failure.code()).isEqualTo(SerdeException.Code.UNWRITABLE);
    assertThat(read(write(Records.rate()))).isEqualTo(Records.rate());
  }

  @Test
  void readsSymbolsOfALaterVersionAsTheDefault() {
    Schema later =
        new Schema.Parser()
            .parse(
                Topics.HEALTH.schema().toString().replace("\"HEALTHY\"", "\"MELTED\",\"HEALTHY\""));
    GenericRecord melted = Records.random(later, 7);
    melted.put("state", new GenericData.EnumSymbol(later.getField("state").schema(), "MELTED"));
    byte[] value = Records.bytes(schemas.idOf("s", later), melted);

    Health health =
        requireNonNull(AvroSerde.of(Topics.HEALTH, schemas).deserializer().deserialize("t", value));

    assertThat(health.getState()).isEqualTo(HealthState.UNKNOWN);
  }

  @Test
  void skipsFieldsOfALaterVersion() {
    Schema later =
        new Schema.Parser()
            .parse(
                Topics.RATES
                    .schema()
                    .toString()
                    .replace(
                        "\"fields\":[", "\"fields\":[{\"name\":\"colour\",\"type\":\"string\"},"));
    GenericRecord coloured = Records.random(later, 3);
    byte[] value = Records.bytes(schemas.idOf("s", later), coloured);

    assertThat(read(value).getSignal()).isEqualTo(coloured.get("signal").toString());
  }

  @Test
  void asksForTheIdOnce() {
    AtomicInteger questions = new AtomicInteger();
    AvroSerde<Rate> counted = AvroSerde.of(Topics.RATES, new CountedSchemas(schemas, questions));

    counted.prepare();
    IntStream.range(0, 100)
        .mapToObj(i -> counted.serializer().serialize("t", Records.rate()))
        .forEach(value -> counted.deserializer().deserialize("t", value));

    assertThat(questions).hasValue(2);
  }

  @Test
  void worksFromManyThreadsAtOnce() {
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(this::rateWithCount)
                .map(rate -> read(write(rate)).equals(rate)))
        .containsOnly(true);
  }

  private Rate rateWithCount(int count) {
    Rate rate = Records.rate();
    rate.setCount(count);
    return rate;
  }

  private <V extends SpecificRecord> GenericRecord throughOurs(
      Topic<String, V> topic, GenericRecord original) {
    AvroSerde<V> ours = AvroSerde.of(topic, schemas);
    byte[] theirs = Records.bytes(schemas.idOf(topic.subject(), topic.schema()), original);
    V value = ours.deserializer().deserialize(topic.name(), theirs);
    return Records.parse(
        topic.schema(), requireNonNull(ours.serializer().serialize(topic.name(), value)));
  }

  private byte[] write(Rate rate) {
    return requireNonNull(serde.serializer().serialize("t", rate));
  }

  private Rate read(byte[] value) {
    return requireNonNull(serde.deserializer().deserialize("t", value));
  }

  private SerdeException failure(byte[] value) {
    return catchThrowableOfType(SerdeException.class, () -> read(value));
  }

  private static final class FailingSchemas implements SchemaIds {
    @Override
    public int idOf(String subject, Schema schema) {
      throw new RegistryException(RegistryException.Code.UNREACHABLE, "down");
    }

    @Override
    public Schema schemaOf(int id) {
      throw new RegistryException(RegistryException.Code.UNREACHABLE, "down");
    }
  }

  private record CountedSchemas(SchemaIds inner, AtomicInteger questions) implements SchemaIds {
    @Override
    public int idOf(String subject, Schema schema) {
      questions.incrementAndGet();
      return inner.idOf(subject, schema);
    }

    @Override
    public Schema schemaOf(int id) {
      questions.incrementAndGet();
      return inner.schemaOf(id);
    }
  }
}
