package io.emberwatch.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.embedded.broker.EmbeddedBroker.Settings;
import io.emberwatch.embedded.process.ChildProcess;
import io.emberwatch.embedded.process.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBrokerIT {
  @TempDir Path folder;
  private EmbeddedBroker broker;
  private BrokerRecords records;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(Settings.in(folder));
    records = new BrokerRecords(broker.bootstrapServers());
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void keepsTransactionsTopicsAndPortOverARestart() throws Exception {
    records.createTopic("events", 3);
    records.produce("events", List.of("a", "b", "c"), true);
    records.produce("events", List.of("lost"), false);
    assertThat(records.readCommitted("events", 3, 3)).containsExactly("a", "b", "c");
    int port = broker.port();

    broker.close();
    broker = EmbeddedBroker.start(Settings.in(folder));

    assertThat(broker.port()).isEqualTo(port);
    assertThat(records.readCommitted("events", 3, 3)).containsExactly("a", "b", "c");
    records.produce("events", List.of("d"), true);
    assertThat(records.readCommitted("events", 3, 4)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void runsOnAProductionVersionWithEveryGroupProtocol() throws Exception {
    try (Admin admin = records.admin()) {
      Map<String, FinalizedVersionRange> features =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features)
          .containsKeys("metadata.version", "group.version", "transaction.version")
          .hasEntrySatisfying("share.version", v -> assertThat(v.maxVersionLevel()).isPositive())
          .hasEntrySatisfying("streams.version", v -> assertThat(v.maxVersionLevel()).isPositive());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void runsAStreamsApplicationExactlyOnce(String protocol, @TempDir Path state) throws Exception {
    records.createTopic("in", 2);
    records.createTopic("out", 2);
    records.produce("in", List.of("x", "y"), true);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in").to("out");
    Properties config = new Properties();
    config.putAll(
        Map.of(
            "application.id",
            "copy-" + protocol,
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.protocol",
            protocol,
            "processing.guarantee",
            "exactly_once_v2",
            "default.key.serde",
            Serdes.StringSerde.class,
            "default.value.serde",
            Serdes.StringSerde.class,
            "state.dir",
            state.toString()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), config)) {
      streams.start();
      assertThat(records.readCommitted("out", 2, 2)).containsExactly("x", "y");
    }
  }

  @Test
  void refusesTopicsNobodyCreated() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 1_000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nobodys", "v")).get())
          .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void refusesAFolderInUseAndATakenPort(@TempDir Path other) {
    assertThatThrownBy(() -> EmbeddedBroker.start(Settings.in(folder)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in use");
    assertThatThrownBy(() -> EmbeddedBroker.start(Settings.in(other).withPort(broker.port())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is taken");
  }

  @Test
  void survivesAKillOfItsProcess(@TempDir Path own) throws Exception {
    int port = FreePorts.next();
    BrokerRecords remote = new BrokerRecords("127.0.0.1:" + port);
    try (ChildProcess first = startProcess(own, port)) {
      awaitAnswer(remote, first);
      remote.createTopic("kept", 1);
      remote.produce("kept", List.of("a", "b"), true);
      first.kill();
    }
    try (ChildProcess second = startProcess(own, port)) {
      awaitAnswer(remote, second);
      assertThat(remote.readCommitted("kept", 1, 2)).containsExactly("a", "b");
    }
  }

  private static ChildProcess startProcess(Path folder, int port) {
    return ChildProcess.java(
        EmbeddedBrokerMain.class,
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of(folder.toString(), Integer.toString(port)),
        folder.resolve("output"));
  }

  private static void awaitAnswer(BrokerRecords records, ChildProcess process) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .failFast(() -> assertThat(process.isAlive()).as(process::outputTail).isTrue())
        .until(() -> answers(records));
  }

  private static boolean answers(BrokerRecords records) throws Exception {
    try (Admin admin = records.admin()) {
      return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
    }
  }
}
