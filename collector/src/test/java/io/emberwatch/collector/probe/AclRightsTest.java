package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.info.InfoParser;
import org.junit.jupiter.api.Test;

/** Rights by release; a server refuses those on commands that it does not have. */
final class AclRightsTest {

  private static ServerFacts server(String version) {
    ServerFacts facts = new ServerFacts();
    facts.learn(InfoParser.parse(("# Server\r\n" + version + "\r\n").getBytes(US_ASCII)));
    return facts;
  }

  @Test
  void hotKeysNeedNoRightToStopASession() {
    assertThat(AclRights.hotKeys(server("redis_version:8.6.0")))
        .containsExactly("+hotkeys|get", "+hotkeys|start", "+hotkeys|reset");
  }

  @Test
  void hotKeysNeedNothingWhereThereAreNone() {
    assertThat(AclRights.hotKeys(server("redis_version:8.4.2"))).isEmpty();
    assertThat(
            AclRights.hotKeys(
                server("server_name:valkey\r\nredis_version:7.2.4\r\nvalkey_version:9.0.0")))
        .isEmpty();
  }
}
