package io.emberwatch.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emberwatch.embedded.registry.EmbeddedRegistry;
import io.emberwatch.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT extends RegistryContract {

  @TempDir static Path folder;

  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() {
    registry = EmbeddedRegistry.start(EmbeddedRegistry.Settings.in(folder.resolve("open")));
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  String url() {
    return registry.url();
  }

  @Test
  void letsInOnlyThoseWithThePassword() {
    EmbeddedRegistry.Settings settings =
        EmbeddedRegistry.Settings.in(folder.resolve("closed")).withBasicAuth("ember", "watch-1");
    try (EmbeddedRegistry closed = EmbeddedRegistry.start(settings)) {
      Map<String, String> known =
          Map.of(
              "schema.registry.url", closed.url(),
              "basic.auth.credentials.source", "USER_INFO",
              "basic.auth.user.info", "ember:watch-1");

      assertThat(SchemaRegistryClient.of(known).idOf("s", Topics.RATES.schema())).isPositive();
      assertThatThrownBy(
              () ->
                  SchemaRegistryClient.of(Map.of("schema.registry.url", closed.url())).schemaOf(1))
          .isInstanceOfSatisfying(
              RegistryException.class,
              e -> assertThat(e.code()).isEqualTo(RegistryException.Code.UNAUTHORIZED));
    }
  }
}
