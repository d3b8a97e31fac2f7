package io.emberwatch.collector;

import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetBuilder;
import io.emberwatch.collector.target.TlsSettings;
import io.emberwatch.runtime.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How to log in to one server named on the command line; a picocli mixin. No option is a secret.
 */
final class LoginOptions {

  @Option(names = "--user", paramLabel = "NAME", description = "ACL user; needs a password.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File that holds the password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "Environment variable that holds the password.")
  private @Nullable String passwordVariable;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0",
      description = "Ask for the password.")
  private char @Nullable [] asked;

  @Option(
      names = "--tls-authorities",
      paramLabel = "FILE",
      description = "PEM file of the certificates to trust, for rediss://.")
  private @Nullable Path authorities;

  @Option(
      names = "--tls-verify",
      paramLabel = "HOW",
      defaultValue = "FULL",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private TlsSettings.Verify verify = TlsSettings.Verify.FULL;

  /**
   * The target with these.
   *
   * @throws IllegalArgumentException for a user without a password, or a variable that is not set
   */
  Target on(Target target) {
    Optional<Secret> password = password();
    if (user != null && password.isEmpty()) {
      throw new IllegalArgumentException("--user needs a password");
    }
    TargetBuilder login = target.toBuilder();
    password
        .map(secret -> new Credentials(Optional.ofNullable(user), secret))
        .ifPresent(login::credentials);
    if (target.tls().isPresent()) {
      login.tls(new TlsSettings(Optional.ofNullable(authorities), Optional.empty(), verify));
    }
    return login.build();
  }

  private Optional<Secret> password() {
    if (passwordFile != null) {
      return Optional.of(Secret.ofFile(passwordFile));
    }
    if (passwordVariable != null) {
      String value = System.getenv(passwordVariable);
      if (value == null) {
        throw new IllegalArgumentException(passwordVariable + " is not set");
      }
      return Optional.of(Secret.ofValue("variable " + passwordVariable, value));
    }
    return Optional.ofNullable(asked).map(word -> Secret.ofValue("the terminal", new String(word)));
  }
}
