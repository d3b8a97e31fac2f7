package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedactionTest {

  private static final String TOLD =
      "<int>|<text \\d+>|<bytes \\d+>|\\.\\.\\. \\(\\d+ more arguments\\)";

  private static List<byte[]> words(String... words) {
    return Stream.of(words).map(word -> word.getBytes(UTF_8)).toList();
  }

  @Property(tries = 500)
  void tellsOnlyKindAndLengthOfAnyArgument(
      @ForAll @NotBlank String command, @ForAll @Size(max = 40) List<byte[]> arguments) {
    List<byte[]> all = new ArrayList<>(List.of(command.getBytes(UTF_8)));
    all.addAll(arguments);
    assertThat(Redaction.arguments(all, false))
        .hasSameSizeAs(arguments)
        .allMatch(a -> a.matches(TOLD));
    assertThat(Redaction.command(all)).matches("[a-z0-9_.\\-]{1,40}(\\|[a-z0-9_.\\-]{1,40})?");
  }

  @Property(tries = 200)
  void tellsTheLengthOfAnArgumentWithoutDigits(
      @ForAll @AlphaChars @StringLength(max = 200) String argument) {
    assertThat(Redaction.arguments(words("echo", argument), true))
        .containsExactly("<text " + argument.length() + ">");
  }

  @Property(tries = 200)
  void hidesTheKeysOfCommandsItDoesNotKnow(@ForAll @AlphaChars @NotBlank String command) {
    List<byte[]> slow = words("x" + command, "user:4711");
    assertThat(Redaction.arguments(slow, true)).containsExactly("<text 9>");
  }

  @Test
  void tellsAKeyOnlyIfAllowedAndValuesNever() {
    List<byte[]> slow = words("HSET", "user:4711", "field", "12", "secret");
    assertThat(Redaction.arguments(slow, false))
        .containsExactly("<text 9>", "<text 5>", "<int>", "<text 6>");
    assertThat(Redaction.arguments(slow, true))
        .containsExactly("user:4711", "<text 5>", "<int>", "<text 6>");
    assertThat(Redaction.arguments(words("get", "k".repeat(129)), true))
        .containsExactly("<text 129>");
  }

  @ParameterizedTest
  @CsvSource({
    "SET, k, set",
    "CONFIG, GET, config|get",
    "XINFO, STREAM, xinfo|stream",
    "my.module-cmd, k, my.module-cmd",
    "'{\"password\":1}', k, unknown",
    "EVAL, 'return 1', eval",
    "CLIENT, 'a secret', client|unknown"
  })
  void namesTheCommand(String command, String argument, String told) {
    assertThat(Redaction.command(words(command, argument))).isEqualTo(told);
  }

  @Test
  void namesACommandLongerThanAnyUnknown() {
    assertThat(Redaction.command(words("a".repeat(41)))).isEqualTo("unknown");
    assertThat(Redaction.command(List.of())).isEmpty();
  }

  @Test
  void readsTheLengthOfWhatRedisCut() {
    List<byte[]> slow =
        words("set", "a".repeat(10) + "... (90 more bytes)", "... (7 more arguments)");
    assertThat(Redaction.arguments(slow, false))
        .containsExactly("<text 100>", "... (7 more arguments)");
  }

  @Test
  void tellsBytesFromText() {
    List<byte[]> slow = List.of("set".getBytes(UTF_8), "\u0000\u00ff".getBytes(ISO_8859_1));
    assertThat(Redaction.arguments(slow, false)).containsExactly("<bytes 2>");
  }
}
