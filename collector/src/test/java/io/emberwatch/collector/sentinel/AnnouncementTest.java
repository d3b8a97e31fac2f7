package io.emberwatch.collector.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.SentinelEvent;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

  private static SentinelEvent read(String channel, String message) {
    return Announcement.read(channel.getBytes(UTF_8), message.getBytes(UTF_8), Instant.EPOCH);
  }

  @Test
  void tellsTheFormerAndTheNewPrimaryOfASwitch() {
    SentinelEvent event = read("+switch-master", "orders 10.0.0.1 6379 10.0.0.2 6380");
    assertThat(event.getMaster()).isEqualTo("orders");
    assertThat(event.getAddress()).isEqualTo("10.0.0.1:6379");
    assertThat(event.getMasterAddress()).isEqualTo("10.0.0.2:6380");
    assertThat(event.getDetail()).isNull();
  }

  @Test
  void tellsWhatItIsAboutAndOfWhichPrimary() {
    SentinelEvent replica =
        read("+sdown", "slave 10.0.0.2:6380 10.0.0.2 6380 @ orders 10.0.0.1 6379");
    assertThat(replica.getInstanceType()).isEqualTo("slave");
    assertThat(replica.getAddress()).isEqualTo("10.0.0.2:6380");
    assertThat(replica.getMaster()).isEqualTo("orders");
    assertThat(replica.getMasterAddress()).isEqualTo("10.0.0.1:6379");
    SentinelEvent primary = read("+odown", "master orders 10.0.0.1 6379 #quorum 2/2");
    assertThat(primary.getMaster()).isEqualTo("orders");
    assertThat(primary.getMasterAddress()).isEqualTo("10.0.0.1:6379");
    assertThat(primary.getDetail()).isEqualTo("#quorum 2/2");
    SentinelEvent tilt = read("+tilt", "#tilt mode entered");
    assertThat(tilt.getInstanceType()).isNull();
    assertThat(tilt.getDetail()).isEqualTo("#tilt mode entered");
  }

  @Test
  void keepsNoSettingAndNoScriptSinceTheyMayHoldPasswords() {
    assertThat(read("+set", "master orders 10.0.0.1 6379 auth-pass swordfish").toString())
        .contains("orders")
        .doesNotContain("swordfish");
    assertThat(read("+script-error", "/opt/notify.sh --token swordfish 1 2").toString())
        .doesNotContain("swordfish");
  }

  @Property(tries = 300)
  void takesAnythingAndKeepsLittle(@ForAll byte[] channel, @ForAll byte[] message) {
    SentinelEvent event = Announcement.read(channel, message, Instant.EPOCH);
    assertThat(event.getEvent().length()).isLessThanOrEqualTo(64);
    assertThat(event.toString().length()).isLessThan(2_000);
  }
}
