package io.emberwatch.runtime.config;

import io.emberwatch.runtime.config.ConfigNode.Entry;
import io.emberwatch.runtime.config.ConfigNode.Mapping;
import io.emberwatch.runtime.config.ConfigNode.Scalar;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code {file: path}} and {@code {env: NAME}}. A text in a file or a flag is refused, since
 * files are committed and flags show in the process list; an overriding variable is accepted.
 */
final class SecretSource {

  private static final String EXPECTED = "expected {file: path} or {env: NAME}";

  private final Ledger ledger;
  private final Map<String, String> env;
  private final boolean here;

  /**
   * @param here whether the files and variables named are this machine's, so that they must exist
   */
  SecretSource(Ledger ledger, Map<String, String> env, boolean here) {
    this.ledger = ledger;
    this.env = env;
    this.here = here;
  }

  Optional<Secret> read(String path, Entry entry) {
    if (entry.value() instanceof Scalar scalar && scalar.env().isPresent()) {
      return Optional.of(Secret.ofValue(scalar.place().file(), scalar.text()));
    }
    if (!(entry.value() instanceof Mapping mapping)) {
      ledger.add(entry.place(), path, "a secret must not be written here; " + EXPECTED);
      return Optional.empty();
    }
    Optional<Scalar> file = scalar(mapping, "file");
    Optional<Scalar> name = scalar(mapping, "env");
    if (file.isPresent() == name.isPresent()) {
      ledger.add(entry.place(), path, EXPECTED + ", one of both");
      return Optional.empty();
    }
    return file.isPresent() ? ofFile(path, file.get()) : name.flatMap(n -> ofEnv(path, n));
  }

  private Optional<Scalar> scalar(Mapping mapping, String key) {
    ledger.asked(mapping, key);
    Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar)
        : Optional.empty();
  }

  private Optional<Secret> ofFile(String path, Scalar scalar) {
    try {
      Path file = Path.of(scalar.place().file()).resolveSibling(scalar.text());
      if (here && !Files.isReadable(file)) {
        ledger.add(scalar.place(), path, "cannot read the secret's file " + file);
      }
      return Optional.of(Secret.ofFile(file));
    } catch (InvalidPathException e) {
      ledger.add(scalar.place(), path, "not a file name");
      return Optional.empty();
    }
  }

  private Optional<Secret> ofEnv(String path, Scalar scalar) {
    String value = here ? env.get(scalar.text()) : "";
    if (value == null) {
      ledger.add(scalar.place(), path, "environment variable " + scalar.text() + " is not set");
      return Optional.empty();
    }
    return Optional.of(Secret.ofValue("env " + scalar.text(), value));
  }
}
