package io.emberwatch.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {

  @TempDir private Path folder;

  @Test
  void findsAReleaseByTheNameOfItsProgram() throws Exception {
    Path program = Files.writeString(folder.resolve("valkey-9"), "#!/bin/sh\n");
    assertThat(RedisBinary.in(folder, "valkey-9")).as("not executable").isEmpty();
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    assertThat(RedisBinary.in(folder, "valkey-9")).contains(new RedisBinary(program));
    assertThat(RedisBinary.in(folder, "valkey-8")).isEmpty();
    assertThat(RedisBinary.in(folder, "")).as("a folder").isEmpty();
  }
}
