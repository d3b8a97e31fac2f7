package io.emberwatch.collector.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.target.KeyNaming;
import io.emberwatch.collector.target.KeyNaming.Policy;
import io.emberwatch.runtime.config.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyNamesTest {

  private static final byte[] NAME = "user:1".getBytes(UTF_8);

  private static KeyNames hashed(String key) {
    KeyNaming naming = new KeyNaming(Policy.HASH, Optional.of(Secret.ofValue("test", key)));
    return KeyNames.of(naming, new byte[] {1});
  }

  /** {@code printf user:1 | openssl dgst -sha256 -hmac secret}, its first 32 digits. */
  @Test
  void hashesWithHmacSha256() {
    assertThat(hashed("secret").told(NAME)).contains("hmac:a0858e98d2830c7d4cff2489e08c371a");
  }

  @Test
  void equalNamesAreEqualOnlyUnderTheSameKey() {
    assertThat(hashed("a").told(NAME)).isEqualTo(hashed("a").told(NAME));
    assertThat(hashed("a").told(NAME)).isNotEqualTo(hashed("b").told(NAME));
    assertThat(hashed("a").told(NAME)).isNotEqualTo(hashed("a").told("user:2".getBytes(UTF_8)));
  }

  @Test
  void withoutAKeyEachRunHasItsOwn() {
    KeyNaming keyless = new KeyNaming(Policy.HASH, Optional.empty());
    NamePolicies run = new NamePolicies(new SecureRandom());
    assertThat(run.of(keyless).told(NAME)).isEqualTo(run.of(keyless).told(NAME));
    assertThat(new NamePolicies(new SecureRandom()).of(keyless).told(NAME))
        .isNotEqualTo(run.of(keyless).told(NAME));
    assertThat(hashed("").told(NAME)).as("an empty key").isNotEqualTo(run.of(keyless).told(NAME));
  }

  @Test
  void dropsNamesWhenTheKeyCannotBeRead() {
    KeyNaming unreadable =
        new KeyNaming(Policy.HASH, Optional.of(Secret.ofFile(Path.of("no-such-file"))));
    assertThat(new NamePolicies(new SecureRandom()).of(unreadable).told(NAME)).isEmpty();
  }

  @Test
  void tellsPlainNamesCutAndDropsTheOthers() {
    KeyNames plain = KeyNames.of(KeyNaming.PLAIN, new byte[] {1});
    assertThat(plain.told("k".repeat(1_000).getBytes(UTF_8))).contains("k".repeat(256));
    assertThat(KeyNames.of(KeyNaming.DROPPED, new byte[] {1}).told(NAME)).isEmpty();
  }
}
