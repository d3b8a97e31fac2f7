package io.emberwatch.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version and commit of this build, for {@code --version}, logs and metrics. */
public final class BuildVersion implements IVersionProvider {

  private static final String RESOURCE = "/io/emberwatch/runtime/build.properties";

  private final Properties build = load();

  /** Such as {@code 0.1.0}. */
  public String version() {
    return build.getProperty("version", "unknown");
  }

  /** The git commit, or {@code unknown} when the build was not told. */
  public String commit() {
    return build.getProperty("commit", "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"emberwatch " + version() + " (" + commit() + ")"};
  }

  private static Properties load() {
    Properties build = new Properties();
    try (InputStream stream = BuildVersion.class.getResourceAsStream(RESOURCE)) {
      if (stream != null) {
        build.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return build;
  }
}
