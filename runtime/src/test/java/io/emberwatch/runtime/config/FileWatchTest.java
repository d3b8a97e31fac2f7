package io.emberwatch.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {

  @TempDir Path folder;

  private Path write(String text, long second) throws Exception {
    Path file = Files.writeString(folder.resolve("rules.yaml"), text);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  /** Never shows a half-written file. */
  private void replace(String text, long second) throws Exception {
    Path file = Files.writeString(folder.resolve("rules.yaml.new"), text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    Files.move(file, folder.resolve("rules.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void seesChangedContentOnceAndIgnoresATouch() throws Exception {
    Path file = write("a", 1);
    FileWatch watch = new FileWatch(file);
    assertThat(watch.changed()).isFalse();
    write("a", 2);
    assertThat(watch.changed()).isFalse();
    write("b", 3);
    assertThat(watch.changed()).isTrue();
    assertThat(watch.changed()).isFalse();
  }

  @Test
  void keepsQuietWhileTheFileIsGone() throws Exception {
    Path file = write("a", 1);
    FileWatch watch = new FileWatch(file);
    Files.delete(file);
    assertThat(watch.changed()).isFalse();
    write("a", 2);
    assertThat(watch.changed()).isFalse();
    write("c", 3);
    assertThat(watch.changed()).isTrue();
  }

  @Test
  void callsBackFromItsThreadAndSurvivesAFailingReload() throws Exception {
    Path file = write("a", 1);
    AtomicInteger calls = new AtomicInteger();
    try (FileWatch watch = new FileWatch(file)) {
      watch.start(
          Duration.ofMillis(10),
          () -> {
            if (calls.incrementAndGet() == 1) {
              throw new IllegalStateException("bad rules");
            }
          });
      replace("b", 2);
      await().until(() -> calls.get() == 1);
      replace("c", 3);
      await().until(() -> calls.get() == 2);
    }
  }

  @Test
  void readsARotatedSecretAtUse() throws Exception {
    Path file = write("old\n", 1);
    Secret secret = Secret.ofFile(file);
    assertThat(secret.reveal()).isEqualTo("old");
    write("new\r\n", 2);
    assertThat(secret.revealChars()).containsExactly('n', 'e', 'w');
    assertThat(secret).hasToString("Secret[file " + file + "]");
  }

  @Test
  void tellsSecretsApartByTheirSource() {
    Path file = folder.resolve("a");
    assertThat(Secret.ofFile(file))
        .isEqualTo(Secret.ofFile(file))
        .hasSameHashCodeAs(Secret.ofFile(file))
        .isNotEqualTo(Secret.ofFile(folder.resolve("b")))
        .isNotEqualTo(Secret.ofValue("file " + file, "a"));
    assertThat(Secret.ofValue("env A", "1"))
        .isEqualTo(Secret.ofValue("env A", "1"))
        .isNotEqualTo(Secret.ofValue("env A", "2"));
  }
}
