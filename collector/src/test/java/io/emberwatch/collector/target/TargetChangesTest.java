package io.emberwatch.collector.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.runtime.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetChangesTest {

  private final Target one = Target.of("f", "g", "one", 1);
  private final Target two = Target.of("f", "g", "two", 2);
  private final Target three = Target.of("f", "g", "three", 3);

  @Test
  void sortsTargetsIntoAddedRemovedAndChanged() {
    Target slower = two.toBuilder().pollInterval(Duration.ofMinutes(1)).build();
    assertThat(TargetChanges.between(List.of(one, two), List.of(slower, three)))
        .isEqualTo(new TargetChanges(List.of(three), List.of(one), List.of(slower)));
  }

  @Test
  void ignoresOrderAndReadsTheSameSecretAsUnchanged() {
    Target before = two.toBuilder().credentials(login("pw")).build();
    Target after = two.toBuilder().credentials(login("pw")).build();
    assertThat(TargetChanges.between(List.of(one, before), List.of(after, one)).isEmpty()).isTrue();
    Target moved = two.toBuilder().credentials(login("other")).build();
    assertThat(TargetChanges.between(List.of(before), List.of(moved)).changed())
        .containsExactly(moved);
  }

  private static Credentials login(String file) {
    return new Credentials(Optional.of("monitor"), Secret.ofFile(Path.of("/secrets", file)));
  }
}
