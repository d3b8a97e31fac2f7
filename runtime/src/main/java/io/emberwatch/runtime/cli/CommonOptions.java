package io.emberwatch.runtime.cli;

import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.ServiceConfig;
import io.emberwatch.runtime.logging.LogLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every service's command has; a picocli mixin. */
public final class CommonOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings over the built-in reference.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting over file and environment; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "How much to log: ${COMPLETION-CANDIDATES}. Default: EMBERWATCH_LOG_LEVEL, INFO.")
  private @Nullable LogLevel logLevel;

  @Option(
      names = "--check",
      description = "Only check the configuration: exit code 0 when it is good, 3 when not.")
  private boolean check;

  /** Whether to stop after the configuration was checked. */
  public boolean checkOnly() {
    return check;
  }

  /** The file given, if any. */
  public Optional<Path> configFile() {
    return Optional.ofNullable(config);
  }

  /** Sets the log level, then reads all layers: see {@link ServiceConfig#load}. */
  public ConfigReader load(
      String referenceResourceName, Class<?> anchor, String envPrefix, Map<String, String> env) {
    if (logLevel != null) {
      logLevel.apply();
    }
    return ServiceConfig.load(
        referenceResourceName, anchor, configFile(), envPrefix, env, overrides);
  }
}
