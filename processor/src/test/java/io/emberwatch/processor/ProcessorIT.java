package io.emberwatch.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.embedded.broker.EmbeddedBroker;
import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.processor.fixture.TestSample;
import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.kafka.RegistrySettings;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.schemas.DeadLetter;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Signals;
import io.emberwatch.schemas.registry.SchemaRegistryClient;
import io.emberwatch.schemas.serde.AvroSerde;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker and registry. Each sample must give one record of signals, whatever dies. */
class ProcessorIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private EmbeddedRegistry registry;
  private SchemaRegistryClient schemas;
  private ClientProperties clients;

  @BeforeEach
  void startServers() {
    broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder.resolve("broker")));
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("registry")));
    schemas = SchemaRegistryClient.of(Map.of("schema.registry.url", registry.url()));
    clients = new ClientProperties(KafkaSettings.plain(broker.bootstrapServers()));
    try (Admin admin = Admin.create(clients.admin("test"))) {
      new TopicAdmin(admin, TIMEOUT).create(TopicSizing.uniform(1, 2));
    }
  }

  @AfterEach
  void stopServers() {
    registry.close();
    broker.close();
  }

  @Test
  void stoppedProcessorGoesOnWhereItWas() throws Exception {
    publish(1, 20);
    try (ProcessorApp first = start("state-1")) {
      awaitSignals(20);
      assertThat(first.checks()).allMatch(Check::ok);
    }
    publish(21, 40);
    // Another folder: what was remembered comes from Kafka.
    try (ProcessorApp second = start("state-2")) {
      assertThat(second.name()).isEqualTo("processor");
      assertOneSignalEach(awaitSignals(40), 40);
    }
  }

  @Test
  void killedProcessorLosesAndRepeatsNothing() throws Exception {
    publish(1, 30);
    try (ChildProcess victim = startChild()) {
      awaitSignals(30);
      publish(31, 400);
      awaitSignals(31);
      victim.kill();
    }
    publish(401, 420);
    try (ProcessorApp successor = start("state-child")) {
      assertThat(successor.name()).isEqualTo("processor");
      assertOneSignalEach(awaitSignals(420), 420);
    }
  }

  @Test
  void unreadableRecordIsADeadLetterAndHoldsNothingUp() throws Exception {
    publish(1, 2);
    publishBytes("k", new byte[] {42, 42});
    try (ProcessorApp app = start("state-1")) {
      publish(3, 4);
      assertOneSignalEach(awaitSignals(4), 4);
      assertThat(app.checks()).allMatch(Check::ok);
      List<DeadLetter> letters = await(Topics.DEAD_LETTERS, 1);
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).getKind()).isEqualTo("deserialization");
      assertThat(letters.get(0).getTopic()).isEqualTo(Topics.SAMPLES.name());
      assertThat(letters.get(0).getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {42, 42}));
    }
  }

  private void assertOneSignalEach(List<Signals> signals, int polls) {
    assertThat(signals)
        .extracting(Signals::getTraceId)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, polls).mapToObj(n -> "c1/" + n).toList());
    // 1,500 commands in each 15 s; the pairing survived every restart.
    assertThat(signals.subList(1, polls))
        .allSatisfy(signal -> assertThat(signal.getOpsRate()).isEqualTo(100.0));
  }

  private ProcessorApp start(String stateFolder) throws Exception {
    ProcessorApp app =
        new ProcessorApp(
            ProcessorConfig.local(
                KafkaSettings.plain(broker.bootstrapServers()),
                RegistrySettings.plain(registry.url()),
                folder.resolve(stateFolder)));
    app.start();
    return app;
  }

  private ChildProcess startChild() {
    List<String> arguments =
        List.of(
            "--set=kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--set=schema-registry={schema.registry.url: '" + registry.url() + "'}",
            "--set=streams.state-folder=" + folder.resolve("state-child"),
            "--set=streams.replication-factor=1",
            "--set=admin.port=0");
    return ChildProcess.java(
        ProcessorCommand.class,
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
        arguments,
        folder.resolve("child.log"));
  }

  private void publish(long from, long to) throws Exception {
    try (KafkaProducer<String, InstanceSample> producer =
        new KafkaProducer<>(
            clients.producer("test"),
            new StringSerializer(),
            AvroSerde.of(Topics.SAMPLES, schemas).serializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (long n = from; n <= to; n++) {
        long commands = n * 1_500;
        InstanceSample sample =
            TestSample.poll(n, s -> s.getStats().setTotalCommandsProcessed(commands));
        sent.add(
            producer.send(
                new ProducerRecord<>(Topics.SAMPLES.name(), sample.getInstanceId(), sample)));
      }
      for (Future<RecordMetadata> answer : sent) {
        answer.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private void publishBytes(String key, byte[] value) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            clients.producer("test"), new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.SAMPLES.name(), key, value))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private List<Signals> awaitSignals(int count) {
    return await(Topics.SIGNALS, count);
  }

  /** Everything that is committed, once there are so many or more, and a second later. */
  private <V extends SpecificRecord> List<V> await(Topic<String, V> topic, int count) {
    List<V> values = new ArrayList<>();
    try (KafkaConsumer<String, V> consumer =
        new KafkaConsumer<>(
            clients.consumer("test", "test-" + System.nanoTime()),
            new StringDeserializer(),
            AvroSerde.of(topic, schemas).deserializer())) {
      consumer.subscribe(List.of(topic.name()));
      Awaitility.await().atMost(TIMEOUT).until(() -> poll(consumer, values) >= count);
      poll(consumer, values);
    }
    return values;
  }

  private static <V> int poll(KafkaConsumer<String, V> consumer, List<V> into) {
    for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofSeconds(1))) {
      into.add(record.value());
    }
    return into.size();
  }
}
