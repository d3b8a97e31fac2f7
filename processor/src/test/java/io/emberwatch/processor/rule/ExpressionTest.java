package io.emberwatch.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionTest {

  private static final Map<String, ValueType> NAMES =
      Map.of("keys", ValueType.INTEGER, "ratio", ValueType.DECIMAL, "up", ValueType.BOOLEAN);

  @Test
  void comparesIntegersWithDecimals() {
    assertThat(test("ratio > 0 && keys < 1.5", Map.of("ratio", 0.5, "keys", 1L))).isTrue();
  }

  @Test
  void aMissingValueIsUnknownUnlessTheRestDecides() {
    assertThat(test("keys > 1", Map.of())).isNull();
    assertThat(test("keys > 1 || up", Map.of("up", true))).isTrue();
    assertThat(test("keys > 1 && up", Map.of("up", false))).isFalse();
    assertThat(test("keys > 1 && up", Map.of("up", true))).isNull();
  }

  @Test
  void tellsWhetherAValueIsKnown() {
    assertThat(test("known_keys", Map.of())).isFalse();
    assertThat(test("known_keys ? keys > 1 : true", Map.of("keys", 2L))).isTrue();
  }

  @Test
  void refusesWhatIsNoBoolean() {
    assertThatThrownBy(() -> Expression.compile("keys + 1", NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bool");
  }

  private static @Nullable Boolean test(String source, Map<String, Object> values) {
    return Expression.compile(source, NAMES).test(values::get);
  }
}
