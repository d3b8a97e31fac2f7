package io.emberwatch.alerter.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: pool, schema and transactions. Thread-safe. */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Contention between a few writers is over after a try or two; more means something else. */
  private static final int TRIES = 8;

  /** Longest silence of PostgreSQL on a connection, seconds; its driver's default is for ever. */
  private static final int SOCKET_LIMIT_SECONDS = 20;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final CommitWatch watch;

  private Database(HikariDataSource pool, CommitWatch watch) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.watch = watch;
  }

  /**
   * Connects and brings the schema to this version.
   *
   * @throws RuntimeException when the database does not answer or cannot be migrated
   */
  public static Database open(DatabaseSettings settings) {
    return open(settings, CommitWatch.NONE);
  }

  /** As {@link #open(DatabaseSettings)}, with somebody who watches each commit. */
  static Database open(DatabaseSettings settings, CommitWatch watch) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("alerter");
    config.setJdbcUrl(settings.effectiveUrl());
    config.setUsername(settings.user());
    settings.password().ifPresent(password -> config.setPassword(password.reveal()));
    if (settings.isPostgresql()) {
      config.addDataSourceProperty("socketTimeout", SOCKET_LIMIT_SECONDS);
      config.addDataSourceProperty("tcpKeepAlive", true);
    }
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    config.setValidationTimeout(CONNECT_LIMIT.toMillis() / 2);
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:io/emberwatch/alerter/store/migration")
          .load()
          .migrate();
      return new Database(pool, watch);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Runs work in one transaction. Work that loses a race (deadlock, serialization, a slot that
   * somebody else has just taken) is rolled back and run again, so it must have no effect outside.
   *
   * @throws RuntimeException when the database fails or the work does; nothing is kept then
   */
  public <T> T transact(Function<Session, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        T result =
            jdbi.<T, RuntimeException>inTransaction(
                handle -> {
                  T done = work.apply(new Session(handle));
                  watch.beforeCommit();
                  return done;
                });
        watch.afterCommit();
        return result;
      } catch (JdbiException e) {
        if (attempt == TRIES || !lostRace(e)) {
          throw e;
        }
        LOG.debug("event=transaction_again attempt={}", attempt, e);
      }
    }
  }

  /**
   * Whether a failed transaction is the fault of what was to be written, so that writing it again
   * must fail again: the work's own failure, a value that a column does not take (SQLSTATE class
   * 22) or a broken constraint (23). Anything else, such as a lost connection, a full disk or a
   * database that only reads, is the database's and passes.
   */
  public static boolean blamesData(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = Objects.requireNonNullElse(sql.getSQLState(), "");
        return state.startsWith("22") || state.startsWith("23");
      }
    }
    return true;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Classes of SQLSTATE: 40 rollback, 23505 unique key, 55P03 and HYT00 lock not to be had. */
  private static boolean lostRace(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith("40")
            || state.equals("23505")
            || state.equals("55P03")
            || state.equals("HYT00");
      }
    }
    return false;
  }
}
