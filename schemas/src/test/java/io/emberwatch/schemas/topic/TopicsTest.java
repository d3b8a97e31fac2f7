package io.emberwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.schemas.Breach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicsTest {

  /** The package of generated records that are values, as the compiler sees them. */
  @Test
  void hasEveryTopicOnce() {
    List<String> names = Topics.all().stream().map(Topic::name).toList();

    assertThat(names)
        .hasSize(14)
        .doesNotHaveDuplicates()
        .allMatch(n -> n.startsWith("emberwatch."));
    assertThat(Topics.all().stream().map(Topic::valueType)).doesNotHaveDuplicates();
  }

  @Test
  void namesTheSubjectAfterTheTopic() {
    assertThat(Topics.SAMPLES.subject()).isEqualTo("emberwatch.samples-value");
  }

  @Test
  void compactsWhatIsALatestState() {
    assertThat(Topics.all().stream().filter(topic -> topic.cleanup() == Cleanup.COMPACT))
        .containsExactly(Topics.TARGETS, Topics.CONFIG, Topics.HEALTH);
  }

  @Test
  void partitionsTopicsOfOneInstanceAlike() {
    assertThat(
            Stream.of(
                    Topics.SAMPLES,
                    Topics.KEYSPACE_EVENTS,
                    Topics.KEY_SCANS,
                    Topics.SLOWLOG,
                    Topics.CLIENTS,
                    Topics.SECURITY_EVENTS,
                    Topics.CONFIG,
                    Topics.SIGNALS,
                    Topics.RATES)
                .map(Topic::partitions))
        .containsOnly(12);
  }

  @Test
  void publishesSchemasWithoutJavaProperties() {
    assertThat(Topics.all())
        .allSatisfy(
            topic ->
                assertThat(topic.schema().toString())
                    .contains("\"doc\"")
                    .doesNotContain("avro.java"));
  }

  @Test
  void documentsEveryFieldOfEveryRecord() {
    assertThat(Topics.all())
        .allSatisfy(topic -> assertThat(undocumented(topic.schema())).isEmpty());
  }

  @Test
  void refusesTopicsThatCannotBe() {
    assertThatThrownBy(() -> topic(" ", 1, Duration.ofDays(1))).hasMessageContaining("name");
    assertThatThrownBy(() -> topic("t", 0, Duration.ofDays(1))).hasMessageContaining("partitions");
    assertThatThrownBy(() -> topic("t", 1, Duration.ZERO)).hasMessageContaining("retention");
  }

  @Test
  void refusesSizingOfUnknownTopics() {
    assertThatThrownBy(() -> new TopicSizing((short) 1, Map.of("emberwatch.sample", 3)))
        .hasMessageContaining("emberwatch.sample");
    assertThatThrownBy(() -> TopicSizing.uniform(1, 0)).hasMessageContaining("partitions");
    assertThatThrownBy(() -> TopicSizing.replicated(0)).hasMessageContaining("replication factor");
  }

  @Test
  void documentationIsWhatTheCataloguePrints() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "topics.md")))
        .as("docs/topics.md is stale: replace it with the text of TopicTable.markdown()")
        .isEqualTo(TopicTable.markdown());
  }

  private static Topic<String, Breach> topic(String name, int partitions, Duration retention) {
    return new Topic<>(
        name,
        String.class,
        Breach.class,
        partitions,
        Cleanup.DELETE,
        retention,
        RecordTime.PRODUCER,
        "test");
  }

  private static List<String> undocumented(Schema record) {
    return record.getFields().stream()
        .filter(field -> field.doc() == null || field.doc().isBlank())
        .map(Schema.Field::name)
        .collect(Collectors.toList());
  }
}
