package io.emberwatch.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much Emberwatch's own packages log; libraries keep the levels of {@code logback.xml}. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  private static final String OWN = "io.emberwatch";

  /** Takes effect at once; does nothing when another logging library is bound to SLF4J. */
  public void apply() {
    if (LoggerFactory.getLogger(OWN) instanceof Logger logger) {
      logger.setLevel(Level.valueOf(name()));
      if (this == ERROR) {
        // Whoever wants errors only wants no warnings of libraries either.
        logger.getLoggerContext().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
      }
    }
  }
}
