package io.emberwatch.alerter.store;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2StoreIT extends StoreContract {

  @TempDir private static Path folder;
  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.open(settings());
  }

  private static DatabaseSettings settings() {
    return new DatabaseSettings(
        "jdbc:h2:file:" + folder.resolve("store"), "sa", Optional.empty(), 4);
  }

  @AfterAll
  static void close() {
    database.close();
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
