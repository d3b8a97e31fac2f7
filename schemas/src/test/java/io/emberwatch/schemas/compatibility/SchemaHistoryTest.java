package io.emberwatch.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SchemaHistoryTest {

  @Test
  void schemasOfTodayReadEveryPublishedVersion() {
    assertThat(SchemaHistory.check()).isEmpty();
  }

  @Test
  void knowsThePublishedVersionsOfEveryTopic() {
    assertThat(Topics.all())
        .allSatisfy(topic -> assertThat(SchemaHistory.versions(topic)).isNotEmpty());
  }

  @Test
  void namesTopicVersionAndFieldOfAChangeThatBreaks() {
    Schema broken =
        new Schema.Parser()
            .parse(
                Topics.RATES
                    .schema()
                    .toString()
                    .replace(
                        "\"name\":\"p99\",\"type\":\"double\"",
                        "\"name\":\"p999\",\"type\":\"double\""));

    assertThat(SchemaHistory.check(Topics.RATES, broken))
        .contains("emberwatch.rates: cannot read version 1: field p999 is new and has no default");
  }

  @Test
  void writesWhatIsNotRecordedAsTheNextVersion(@TempDir Path resources) throws IOException {
    assertThat(SchemaHistory.record(resources)).hasSameSizeAs(SchemaHistory.unrecorded());

    try (Stream<Path> written = Files.walk(resources)) {
      assertThat(written.filter(Files::isRegularFile).count())
          .isEqualTo(SchemaHistory.unrecorded().size());
    }
  }

  /** Not a test: the way to publish. See README.md. */
  @Test
  @EnabledIfSystemProperty(named = "emberwatch.schemas.record", matches = "true")
  void recordsANewVersion() {
    assertThat(SchemaHistory.record(Path.of("src", "main", "resources")))
        .allMatch(Files::isRegularFile);
  }

  @Test
  void everyPublishedVersionReadsThoseBeforeIt() {
    for (Topic<?, ?> topic : Topics.all()) {
      List<Schema> versions = SchemaHistory.versions(topic);
      for (int newer = 1; newer < versions.size(); newer++) {
        for (Schema older : versions.subList(0, newer)) {
          assertThat(Compatibility.problems(versions.get(newer), older)).as(topic.name()).isEmpty();
        }
      }
    }
  }
}
