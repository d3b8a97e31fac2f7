package io.emberwatch.schemas.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstanceAddressTest {

  @Test
  void readsHostAndPort() {
    assertThat(InstanceAddress.of("prod/orders/10.0.0.1:6379"))
        .isEqualTo(new InstanceAddress("10.0.0.1", 6379));
    assertThat(InstanceAddress.of("prod/orders/[fe80::1]:7000"))
        .isEqualTo(new InstanceAddress("fe80::1", 7000));
  }

  @Test
  void takesAnyTextWithoutAFault() {
    assertThat(InstanceAddress.of("")).isEqualTo(new InstanceAddress("", 0));
    assertThat(InstanceAddress.of("a/b/c")).isEqualTo(new InstanceAddress("c", 0));
    assertThat(InstanceAddress.of("a/b/c:d")).isEqualTo(new InstanceAddress("c:d", 0));
    assertThat(InstanceAddress.of("a/b/[:1")).isEqualTo(new InstanceAddress("[", 1));
  }
}
