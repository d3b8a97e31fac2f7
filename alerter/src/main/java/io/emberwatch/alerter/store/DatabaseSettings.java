package io.emberwatch.alerter.store;

import io.emberwatch.runtime.config.Secret;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the record is kept.
 *
 * @param url JDBC address of H2 or PostgreSQL
 * @param user database user; H2 makes it with the file
 * @param password empty for none
 * @param poolSize connections, 2 or more
 */
public record DatabaseSettings(String url, String user, Optional<Secret> password, int poolSize) {

  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /**
   * By default H2 writes a commit to its file up to 500 ms late, and a kill loses it. Zero makes a
   * commit survive the death of the process (though not of the machine).
   */
  private static final String WRITE_AT_COMMIT = ";WRITE_DELAY=0";

  public DatabaseSettings {
    if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException("neither an H2 nor a PostgreSQL address");
    }
    if (isH2(url) && options(url).contains("WRITE_DELAY")) {
      throw new IllegalArgumentException(
          "WRITE_DELAY must not be set: it is always 0, so that no acknowledged commit is lost");
    }
    if (poolSize < 2) {
      throw new IllegalArgumentException("the pool needs 2 connections or more");
    }
  }

  /** Address as the driver gets it. */
  String effectiveUrl() {
    return isH2(url) ? url + WRITE_AT_COMMIT + ";DB_CLOSE_ON_EXIT=FALSE" : url;
  }

  boolean isPostgresql() {
    return url.startsWith(POSTGRESQL);
  }

  /** What follows the file: settings, and with INIT also statements. */
  private static String options(String url) {
    int start = url.indexOf(';');
    return start < 0 ? "" : url.substring(start).toUpperCase(Locale.ROOT);
  }

  private static boolean isH2(String url) {
    return url.startsWith(H2);
  }
}
