package io.emberwatch.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.replies.CapturedReplies;
import io.emberwatch.schemas.FunctionEngine;
import io.emberwatch.schemas.FunctionLibrary;
import io.emberwatch.schemas.FunctionsInfo;
import io.emberwatch.schemas.ModuleInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionsReadingTest {

  private static final List<Object> ENGINES =
      CapturedReplies.of("LUA", CapturedReplies.of("libraries_count", 1L, "functions_count", 2L));

  private static final List<Object> LIBRARIES =
      CapturedReplies.of(
          CapturedReplies.of(
              "library_name",
              "lib",
              "engine",
              "LUA",
              "functions",
              CapturedReplies.of(
                  CapturedReplies.of("name", "a"), CapturedReplies.of("name", "b"))));

  @Test
  void tellsEnginesLibrariesAndWhatRunsWithoutItsArguments() {
    List<Object> running =
        CapturedReplies.of(
            "name",
            "pay",
            "command",
            CapturedReplies.of("FCALL", "pay", "0", "s3cret"),
            "duration_ms",
            1200L);
    FunctionsInfo functions =
        FunctionsReading.read(
            CapturedReplies.of("running_script", running, "engines", ENGINES), LIBRARIES);
    assertThat(functions.getEngines()).containsExactly(new FunctionEngine("LUA", 1L, 2L));
    assertThat(functions.getLibraries()).containsExactly(new FunctionLibrary("lib", "LUA", 2L));
    assertThat(functions.getRunningFunction()).isEqualTo("pay");
    assertThat(functions.getRunningMillis()).isEqualTo(1200);
    assertThat(functions.toString()).doesNotContain("s3cret");
  }

  @Test
  void tellsThatNothingRuns() {
    FunctionsInfo functions =
        FunctionsReading.read(
            CapturedReplies.of("running_script", null, "engines", ENGINES), CapturedReplies.of());
    assertThat(functions.getRunningFunction()).isNull();
    assertThat(functions.getRunningMillis()).isNull();
    assertThat(functions.getLibraries()).isEmpty();
  }

  @Test
  void tellsModulesWithoutTheirPathsAndArguments() {
    List<Object> reply =
        CapturedReplies.of(
            CapturedReplies.of(
                "name",
                "search",
                "ver",
                80401L,
                "path",
                "/x/y.so",
                "args",
                CapturedReplies.of("PASS", "s3cret")),
            "junk");
    assertThat(ModulesProbe.modules(reply)).containsExactly(new ModuleInfo("search", 80401L));
  }
}
