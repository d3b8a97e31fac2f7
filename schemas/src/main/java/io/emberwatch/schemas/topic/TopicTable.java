package io.emberwatch.schemas.topic;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue as a Markdown document: {@code docs/topics.md} is what this prints. */
public final class TopicTable {

  private static final String HEAD =
      """
      # Topics

      Printed from `Topics`; do not edit. Values are Avro in the Confluent wire format, subject
      `<topic>-value`, compatibility BACKWARD_TRANSITIVE; keys are UTF-8 strings.
      Partitions are those of the catalogue; an installation may choose others when it creates the topics.

      | topic | value | partitions | cleanup | retention | record time | content |
      |---|---|---|---|---|---|---|
      """;

  private TopicTable() {}

  /** The whole document. */
  public static String markdown() {
    return HEAD + Topics.all().stream().map(TopicTable::row).collect(Collectors.joining());
  }

  private static String row(Topic<?, ?> topic) {
    return "| `%s` | `%s` | %d | %s | %s | %s | %s |%n"
        .formatted(
            topic.name(),
            topic.valueType().getSimpleName(),
            topic.partitions(),
            topic.cleanup().policy(),
            retention(topic),
            topic.recordTime().name().toLowerCase(Locale.ROOT),
            topic.content())
        .replace(System.lineSeparator(), "\n");
  }

  private static String retention(Topic<?, ?> topic) {
    Duration retention = topic.retention();
    String days = retention.toDays() + " d";
    return switch (topic.cleanup()) {
      case DELETE -> days;
      case COMPACT -> "latest of each key; tombstones " + days;
    };
  }
}
