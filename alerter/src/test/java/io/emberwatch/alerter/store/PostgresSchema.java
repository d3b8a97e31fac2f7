package io.emberwatch.alerter.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Schemas stand in for databases: {@code CREATE DATABASE} takes seconds. */
public final class PostgresSchema {

  private PostgresSchema() {}

  /**
   * Settings of a schema, which is made when there is none.
   *
   * @param name letters and digits
   */
  public static DatabaseSettings of(EmbeddedPostgres server, String name) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
    } catch (SQLException e) {
      throw new AssertionError("the schema " + name + " cannot be made", e);
    }
    String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
    return new DatabaseSettings(url, "postgres", Optional.empty(), 2);
  }
}
