package io.emberwatch.alerter.crash;

import io.emberwatch.alerter.store.DatabaseSettings;
import io.emberwatch.alerter.store.PostgresSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCrashIT extends CrashContract {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  DatabaseSettings named(String name) {
    return PostgresSchema.of(server, name);
  }
}
