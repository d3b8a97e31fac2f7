package io.emberwatch.alerter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that was acknowledged survives kill -9: with H2's own default some 60 to 100 do not. */
class H2DurabilityIT {

  private static final int COMMITS = 300;

  @TempDir private Path folder;

  @Test
  void losesNoAcknowledgedCommitWhenTheProcessIsKilled() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("store");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = acknowledgedWhenKilled(writer);

    try (Database database = open(url)) {
      for (int i = 0; i <= acknowledged; i++) {
        String id = "event-" + i;
        boolean isNew =
            database.<Boolean>transact(session -> session.inbox().add(id, Instant.EPOCH));
        assertThat(isNew).as(id).isFalse();
      }
    }
  }

  private static int acknowledgedWhenKilled(Process writer) throws Exception {
    int acknowledged = -1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      while (acknowledged < COMMITS) {
        String line = lines.readLine();
        assertThat(line).as("the writer goes on until it is killed").isNotNull();
        if (line.startsWith("committed ")) {
          acknowledged = Integer.parseInt(line.substring("committed ".length()));
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private static Database open(String url) {
    return Database.open(new DatabaseSettings(url, "sa", Optional.empty(), 2));
  }

  /** Commits without end, and says each time that it has. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] args) {
      try (Database database = open(args[0])) {
        for (int i = 0; ; i++) {
          String id = "event-" + i;
          database.<Boolean>transact(session -> session.inbox().add(id, Instant.EPOCH));
          System.out.println("committed " + i);
        }
      }
    }
  }
}
