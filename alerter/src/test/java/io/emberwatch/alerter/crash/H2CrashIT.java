package io.emberwatch.alerter.crash;

import io.emberwatch.alerter.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class H2CrashIT extends CrashContract {

  @TempDir private Path folder;

  @Override
  DatabaseSettings named(String name) {
    return new DatabaseSettings("jdbc:h2:file:" + folder.resolve(name), "sa", Optional.empty(), 2);
  }
}
