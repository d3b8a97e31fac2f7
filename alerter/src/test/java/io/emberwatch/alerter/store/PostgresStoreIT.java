package io.emberwatch.alerter.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreIT extends StoreContract {

  private static EmbeddedPostgres server;
  private static Database database;

  @BeforeAll
  static void open() throws IOException {
    server = EmbeddedPostgres.start();
    database = Database.open(settings());
  }

  private static DatabaseSettings settings() {
    return new DatabaseSettings(
        server.getJdbcUrl("postgres", "postgres"), "postgres", Optional.empty(), 4);
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    server.close();
  }

  @Override
  Database database() {
    return database;
  }

  @Override
  Database another() {
    return Database.open(settings());
  }
}
