package io.emberwatch.collector.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.TargetState;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultTextTest {

  /** What a 7.0 whose AUTH was renamed away answers; so does a sentinel that knows no AUTH. */
  @Test
  void neverRepeatsAPasswordThatTheServerQuotes() {
    Throwable refused =
        new RedisCommandExecutionException(
            "ERR unknown command 'AUTH', with args beginning with: 'monitor' 's3cret' ");

    assertThat(Faults.<byte[]>ofConnect(refused))
        .isEqualTo(new Failed<byte[]>(TargetState.AUTH_FAILED, "ERR unknown command 'AUTH'"));
  }

  @Test
  void saysThatAPasswordIsUnreadableAndNotThatTheServerIsAway(@TempDir Path folder) {
    Secret gone = Secret.ofFile(folder.resolve("redis.password"));
    CompletionException wrapped = new CompletionException(faultOf(gone));

    assertThat(Faults.<byte[]>ofConnect(wrapped))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.state()).isEqualTo(TargetState.AUTH_FAILED);
              assertThat(failed.error()).contains("redis.password", "cannot read the secret");
            });
  }

  private static RuntimeException faultOf(Secret secret) {
    try {
      throw new AssertionError("revealed " + secret.reveal().length() + " characters");
    } catch (RuntimeException fault) {
      return fault;
    }
  }
}
