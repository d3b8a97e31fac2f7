package io.emberwatch.schemas.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emberwatch.schemas.Rate;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.serde.Records;
import io.emberwatch.schemas.serde.SerdeException;
import io.emberwatch.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every registry must do for us, and for Confluent's own client beside us. */
abstract class RegistryContract {

  private static final Schema RATE = Topics.RATES.schema();

  private final String subject = "test-" + UUID.randomUUID() + "-value";

  /** URL of a running registry. */
  abstract String url();

  @Test
  void registersEveryTopicAndReadsItBack() {
    SchemaRegistryClient writer = client();
    SchemaRegistryClient reader = client();

    assertThat(Topics.all())
        .allSatisfy(
            topic -> {
              int id = writer.register(topic.subject(), topic.schema());
              assertThat(reader.schemaOf(id)).isEqualTo(topic.schema());
              assertThat(writer.register(topic.subject(), topic.schema())).isEqualTo(id);
              assertThat(reader.lookUp(topic.subject(), topic.schema())).isEqualTo(id);
            });
  }

  @Test
  void setsTheCompatibilityOfANewSubject() {
    client().register(subject, RATE);

    assertThat(client().compatibility(subject)).isEqualTo("BACKWARD_TRANSITIVE");
  }

  @Test
  void leavesTheCompatibilityOfAnOlderSubject() {
    client().register(subject, RATE);
    client().setCompatibility(subject, "FULL");

    client().register(subject, RATE);

    assertThat(client().compatibility(subject)).isEqualTo("FULL");
  }

  @Test
  void takesACompatibleVersion() {
    Schema older = without("p50");
    int olderId = client().register(subject, older);
    int newerId = client().register(subject, withDefault("colour", older));

    assertThat(newerId).isNotEqualTo(olderId);
    assertThat(client().latest(subject).version()).isEqualTo(2);
    assertThat(client().latest(subject).id()).isEqualTo(newerId);
    assertThat(client().versions(subject)).containsExactly(1, 2);
  }

  @Test
  void refusesAnIncompatibleSchemaAndNamesTheField() {
    client().register(subject, RATE);
    Schema broken = renamed("p99", "p999");

    RegistryException refused = failure(() -> client().register(subject, broken));

    assertThat(refused.code()).isEqualTo(RegistryException.Code.INCOMPATIBLE);
    assertThat(refused).hasMessageContaining("field p999 is new and has no default");
    assertThat(client().incompatibilities(subject, broken))
        .containsExactly("version 1: field p999 is new and has no default");
    assertThat(client().incompatibilities(subject, RATE)).isEmpty();
    assertThat(client().versions(subject)).containsExactly(1);
  }

  @Test
  void saysThatAnIdIsUnknown() {
    assertThat(failure(() -> client().schemaOf(987_654)).code())
        .isEqualTo(RegistryException.Code.NOT_FOUND);
  }

  @Test
  void saysThatASubjectIsUnknown() {
    assertThat(failure(() -> client().latest(subject)).code())
        .isEqualTo(RegistryException.Code.NOT_FOUND);
    assertThat(client().versions(subject)).isEmpty();
    assertThat(client().incompatibilities(subject, RATE)).isEmpty();
  }

  @Test
  void registersNothingWhenToldSo() {
    SchemaIds reader = client(Map.of("auto.register.schemas", "false"));

    assertThat(failure(() -> reader.idOf(subject, RATE)).code())
        .isEqualTo(RegistryException.Code.NOT_FOUND);

    int id = client().register(subject, RATE);
    assertThat(reader.idOf(subject, RATE)).isEqualTo(id);
  }

  @Test
  void usesTheLatestVersionOnlyIfItEncodesAlike() {
    SchemaIds latest = client(Map.of("use.latest.version", true));
    int id = client().register(subject, RATE);

    assertThat(latest.idOf(subject, RATE)).isEqualTo(id);
    assertThat(failure(() -> latest.idOf(subject, without("p50"))).code())
        .isEqualTo(RegistryException.Code.INCOMPATIBLE);
  }

  @Test
  void carriesRecordsFromOneProcessToAnother() {
    AvroSerde<Rate> writer = AvroSerde.of(Topics.RATES, client()).prepare();
    AvroSerde<Rate> reader = AvroSerde.of(Topics.RATES, client());

    byte[] value = requireNonNull(writer.serializer().serialize("t", Records.rate()));

    assertThat(reader.deserializer().deserialize("t", value)).isEqualTo(Records.rate());
  }

  @Test
  void tellsBadRecordsApart() {
    AvroSerde<Rate> serde = AvroSerde.of(Topics.RATES, client()).prepare();
    byte[] good = requireNonNull(serde.serializer().serialize("t", Records.rate()));
    byte[] wrongMagic = good.clone();
    wrongMagic[0] = 1;
    byte[] unknownId = good.clone();
    unknownId[1] = 0x7f;

    assertThat(reading(serde, wrongMagic)).isEqualTo(SerdeException.Code.WRONG_MAGIC);
    assertThat(reading(serde, unknownId)).isEqualTo(SerdeException.Code.UNKNOWN_SCHEMA_ID);
    assertThat(reading(serde, Arrays.copyOf(good, good.length - 3)))
        .isEqualTo(SerdeException.Code.TRUNCATED);
  }

  @Test
  void confluentsClientFindsOurSchemaAndReadsOurBytes() {
    AvroSerde<Rate> serde = AvroSerde.of(subject, Rate.class, client()).prepare();
    ConfluentClient theirs = new ConfluentClient(url());

    byte[] value = requireNonNull(serde.serializer().serialize("t", Records.rate()));

    assertThat(theirs.register(subject, RATE)).isEqualTo(client().lookUp(subject, RATE));
    assertThat(theirs.read(value))
        .containsEntry("instance_id", "prod/orders-3/10.0.0.7:6379")
        .containsEntry("p95", 9.0)
        .containsEntry("window_millis", 60_000L);
  }

  @Test
  void weReadWhatConfluentsClientWrites() {
    byte[] value = new ConfluentClient(url()).write(subject, RATE, Records.rate());

    AvroSerde<Rate> serde = AvroSerde.of(subject, Rate.class, client());

    assertThat(serde.deserializer().deserialize("t", value)).isEqualTo(Records.rate());
  }

  final SchemaRegistryClient client() {
    return client(Map.of());
  }

  private SchemaRegistryClient client(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("schema.registry.url", url());
    return SchemaRegistryClient.of(config);
  }

  private static SerdeException.Code reading(AvroSerde<Rate> serde, byte[] value) {
    return catchThrowableOfType(
            SerdeException.class, () -> serde.deserializer().deserialize("t", value))
        .code();
  }

  private static RegistryException failure(ThrowingCallable call) {
    return catchThrowableOfType(RegistryException.class, call);
  }

  private static Schema renamed(String from, String to) {
    return new Schema.Parser()
        .parse(RATE.toString().replace("\"name\":\"" + from + "\"", "\"name\":\"" + to + "\""));
  }

  private static Schema without(String field) {
    return copy(
        RATE.getFields().stream()
            .filter(f -> !f.name().equals(field))
            .map(f -> new Schema.Field(f, f.schema()))
            .toList());
  }

  private static Schema withDefault(String field, Schema older) {
    ArrayList<Schema.Field> fields = new ArrayList<>();
    older.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    fields.add(new Schema.Field(field, Schema.create(Schema.Type.STRING), "test", "red"));
    return copy(fields);
  }

  private static Schema copy(List<Schema.Field> fields) {
    return Schema.createRecord(RATE.getName(), RATE.getDoc(), RATE.getNamespace(), false, fields);
  }
}
