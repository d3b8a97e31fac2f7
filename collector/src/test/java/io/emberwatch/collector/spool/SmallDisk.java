package io.emberwatch.collector.spool;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes, in memory, that really gets full. Needs root on Linux. */
public final class SmallDisk {

  private final Path folder;

  /** Mounts it on a new folder; skips the test where that is not allowed. */
  public SmallDisk(Path folder, long sizeBytes) throws Exception {
    this.folder = Files.createDirectories(folder);
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "tmpfs", folder.toString()))
        .as("a small disk can be mounted, which takes root on Linux")
        .isTrue();
  }

  /** Makes it larger, or smaller, with what is on it. */
  public void resize(long sizeBytes) throws Exception {
    if (!run("mount", "-o", "remount,size=" + sizeBytes, folder.toString())) {
      throw new IllegalStateException("cannot remount " + folder);
    }
  }

  /** Space that is left. */
  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Takes it away with all that is on it. */
  public void unmount() throws Exception {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IllegalStateException("cannot unmount " + folder);
    }
  }

  private static boolean run(String... command) throws Exception {

    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
