package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The line for a release that is named; {@code AclIT} has that of a real server. */
final class AclCommandTest {

  private static final String HOT_KEYS = "+hotkeys|get +hotkeys|start +hotkeys|reset";

  private static String printed(String... arguments) {
    StringWriter text = new StringWriter();
    assertThat(new CommandLine(new AclCommand()).setOut(new PrintWriter(text)).execute(arguments))
        .isZero();
    return text.toString().strip();
  }

  @Test
  void printsTheRightsOfHotKeysBesideThoseOfTheCensus() {
    assertThat(printed("--redis-version", "8.6", "--key-census", "--hot-keys"))
        .contains(" +scan ", " +memory|usage ")
        .endsWith(HOT_KEYS);
  }

  @Test
  void printsThemOnlyWhereTheyAreWantedAndKnown() {
    assertThat(printed("--redis-version", "8.6", "--key-census")).doesNotContain("hotkeys");
    assertThat(printed("--redis-version", "8.4", "--key-census", "--hot-keys"))
        .doesNotContain("hotkeys");
  }
}
