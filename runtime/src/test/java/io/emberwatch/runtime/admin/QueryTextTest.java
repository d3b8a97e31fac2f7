package io.emberwatch.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class QueryTextTest {

  @Test
  void decodesTheFirstOfEachName() {
    assertThat(QueryText.parse("target=redis%3A%2F%2Fa%3A1&b&target=other"))
        .isEqualTo(Map.of("target", "redis://a:1", "b", ""));
  }

  @Test
  void leavesOutWhatIsNotWellEncoded() {
    assertThat(QueryText.parse("a=%zz&b=1")).isEqualTo(Map.of("b", "1"));
    assertThat(QueryText.parse(null)).isEmpty();
  }
}
