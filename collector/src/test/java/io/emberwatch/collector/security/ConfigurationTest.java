package io.emberwatch.collector.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.replies.CapturedReplies;
import io.emberwatch.schemas.SettingChange;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationTest {

  private static final Fingerprint FINGERPRINT = new Fingerprint();

  private static Configuration read(Object... pairs) {
    return Configuration.read(CapturedReplies.of(pairs), FINGERPRINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-2.8.19",
        "redis-3.2",
        "redis-5.0",
        "redis-6.2",
        "redis-7.0.15",
        "redis-7.2",
        "redis-8.0-preview",
        "valkey-8.0.1",
        "redis-8.0.2",
        "valkey-8.1.1",
        "valkey-9.1.2"
      })
  void withholdsOfEveryReleaseWhatIsASecretAndNothingElse(String release) {
    List<Object> reply = CapturedReplies.list(release + "/config");
    Configuration read = Configuration.read(reply, FINGERPRINT);
    assertThat(read.shown()).containsKeys("maxmemory", "save", "maxmemory-policy", "appendonly");
    assertThat(read.shown().keySet())
        .noneMatch(
            name ->
                name.matches(".*(pass|auth$|masteruser|primaryuser|file|dir|title|socket).*")
                    && !name.matches(
                        "rdb-del-sync-files|tls-auth-clients|socket-mark-id|unixsocketperm"
                            + "|set-proc-title"));
    int secrets = 0;
    for (int i = 0; i < reply.size(); i += 2) {
      String name = new String((byte[]) reply.get(i), UTF_8);
      secrets +=
          name.matches("requirepass|(master|primary)(auth|user)|tls-.*-pass|hash-seed") ? 1 : 0;
    }
    assertThat(read.withheld()).isEqualTo(secrets);
  }

  @Test
  void tellsAChangeOfASecretByItsNameOnly() {
    Configuration before = read("requirepass", "one", "maxmemory", "0", "dir", "/a", "odd", "1");
    Configuration after = read("requirepass", "two", "maxmemory", "9", "dir", "/b", "odd", "2");
    assertThat(after.changesSince(before))
        .containsExactly(
            new SettingChange("dir", null, null),
            new SettingChange("maxmemory", "0", "9"),
            new SettingChange("odd", null, null),
            new SettingChange("requirepass", null, null));
    assertThat(after.changesSince(after)).isEmpty();
    assertThat(read("hz", "10").changesSince(read()))
        .containsExactly(new SettingChange("hz", null, "10"));
  }

  @Test
  void hashesNothingThatCouldBeASecret() {
    String hash = read("requirepass", "one", "hz", "10", "dir", "/a").hash();
    assertThat(read("requirepass", "two", "hz", "10", "dir", "/a", "new-key", "x").hash())
        .isEqualTo(hash);
    assertThat(read("hz", "10", "dir", "/b").hash()).isNotEqualTo(hash);
    assertThat(read("hz", "20", "dir", "/a").hash()).isNotEqualTo(hash);
  }

  @Property(tries = 200)
  void takesAnything(@ForAll List<byte[]> reply) {
    assertThat(Configuration.read(new ArrayList<>(reply), FINGERPRINT).hash()).hasSize(64);
  }
}
