package io.emberwatch.collector.info;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.InstanceSample;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold for any bytes. */
class InfoParserPropertyTest {

  private static final List<String> LINES =
      GoldenReplies.names().stream()
          .flatMap(name -> new String(GoldenReplies.read(name), UTF_8).lines())
          .toList();

  @Property(tries = 500)
  void acceptsAnyBytes(@ForAll byte[] bytes) {
    assertEncodes(bytes);
  }

  @Property(tries = 500)
  void acceptsRealLinesDamagedAndShuffled(@ForAll("damaged") List<String> lines) {
    assertEncodes(String.join("\r\n", lines).getBytes(UTF_8));
  }

  @Property(tries = 2000)
  void readsAnyLongAsJavaDoes(@ForAll long value) {
    byte[] text = Long.toString(value).getBytes(UTF_8);
    assertThat(Numbers.parseLong(text, 0, text.length)).isEqualTo(value);
  }

  @Property(tries = 2000)
  void readsAnyDecimalAsJavaDoes(@ForAll("decimals") String decimal) {
    byte[] text = decimal.getBytes(UTF_8);
    assertThat(Numbers.parseDouble(text, 0, text.length)).isEqualTo(Double.parseDouble(decimal));
  }

  @Property(tries = 2000)
  void scalesAnyDecimalThatFits(@ForAll long unscaled) {
    String decimal = BigDecimal.valueOf(unscaled, 6).toPlainString();
    byte[] text = decimal.getBytes(UTF_8);
    assertThat(Numbers.parseScaled(text, 0, text.length, 6))
        .isEqualTo(unscaled == Long.MIN_VALUE ? null : (Long) unscaled);
    assertThat(Numbers.parseScaled(text, 0, text.length, 5)).isNull();
  }

  @Example
  void scalesNothingThatIsNoWholeDecimal() {
    for (String other : List.of("1.", ".5", "-.5", "0.-5", "+1", "1e3", "99999999999999999.99")) {
      byte[] text = other.getBytes(UTF_8);
      assertThat(Numbers.parseScaled(text, 0, text.length, 2)).as(other).isNull();
    }
  }

  @Property(tries = 1000)
  void neverReadsANumberFromOtherText(@ForAll("notNumbers") String other) {
    byte[] text = other.getBytes(UTF_8);
    assertThat(Numbers.parseLong(text, 0, text.length)).isNull();
    assertThat(Numbers.parseDouble(text, 0, text.length)).isNull();
    assertThat(Numbers.parseScaled(text, 0, text.length, 2)).isNull();
  }

  @Provide
  Arbitrary<List<String>> damaged() {
    Arbitrary<String> hostile =
        Combinators.combine(
                Arbitraries.of(LINES).map(line -> line.split(":", 2)[0]),
                Arbitraries.of("-1", "9223372036854775808", "1e400", "NaN", "=,=", ",", "a=b=c"))
            .as((name, value) -> name + ":" + value);
    Arbitrary<String> cut =
        Combinators.combine(Arbitraries.of(LINES), Arbitraries.integers().between(0, 80))
            .as((line, length) -> line.substring(0, Math.min(length, line.length())));
    return Arbitraries.oneOf(Arbitraries.of(LINES), hostile, cut).list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<String> decimals() {
    return Combinators.combine(
            Arbitraries.longs(), Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25))
        .as((whole, fraction) -> whole + "." + fraction);
  }

  @Provide
  Arbitrary<String> notNumbers() {
    return Arbitraries.of("", "-", ".", "-.", "1-", "1.2.3", "0x10", "1 ", " 1", "%", "1%%", "nan");
  }

  private static void assertEncodes(byte[] bytes) {
    InstanceSample sample = Samples.empty();
    InfoParser.parse(bytes).addTo(sample);
    assertThat(Samples.encode(sample)).isNotEmpty();
  }
}
