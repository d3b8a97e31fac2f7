package io.emberwatch.local.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.utility.DockerImageName;

final class ImageTest {

  private static final String PROPERTY = "emberwatch.image.kafka";

  @AfterEach
  void clear() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void isTheOfficialImageUnlessAPropertyNamesAnother() {
    assertThat(Image.KAFKA.dockerName().asCanonicalNameString()).isEqualTo("apache/kafka:4.3.1");

    System.setProperty(PROPERTY, "mirror.example:5000/copies/kafka:4.3.1");

    DockerImageName replaced = Image.KAFKA.dockerName();
    assertThat(replaced.asCanonicalNameString())
        .isEqualTo("mirror.example:5000/copies/kafka:4.3.1");
    assertThat(replaced.isCompatibleWith(DockerImageName.parse("apache/kafka"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isListedInTheGuide(Image image) throws Exception {
    assertThat(Files.readString(Path.of("..", "docs", "testing.md")))
        .contains(
            "| `emberwatch.image.%s` | `%s` |"
                .formatted(image.key(), image.dockerName().asCanonicalNameString()));
  }
}
