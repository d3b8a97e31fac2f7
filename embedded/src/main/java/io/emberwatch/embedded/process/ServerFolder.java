package io.emberwatch.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one embedded server: locked against a second user, and with a memory of the port,
 * so that clients find a restarted server where it was. The system drops the lock of a killed
 * process.
 */
public final class ServerFolder implements AutoCloseable {
  private static final String PORT_FILE = "port";
  private final Path folder;
  private final FileChannel lockChannel;

  private ServerFolder(Path folder, FileChannel lockChannel) {
    this.folder = folder;
    this.lockChannel = lockChannel;
  }

  /**
   * Creates the folder if needed and locks it.
   *
   * @throws IllegalStateException when another server, here or in another process, uses the folder
   */
  public static ServerFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IllegalStateException("folder " + folder + " is in use by another server");
      }
      return new ServerFolder(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use folder " + folder, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  /** The folder's path. */
  public Path path() {
    return folder;
  }

  /**
   * The port to listen on: the wanted one, or with 0 the one used last time, or a free one. The
   * choice is remembered.
   *
   * @throws IllegalStateException when the port is taken
   */
  public int port(int wantedPort) {
    int port = wantedPort != 0 ? wantedPort : rememberedPort();
    if (port == 0) {
      port = FreePorts.next();
    }
    if (!FreePorts.isFree(port)) {
      throw new IllegalStateException(
          "port " + port + " is taken; stop its user or name another port for " + folder);
    }
    remember(port);
    return port;
  }

  private int rememberedPort() {
    Path file = folder.resolve(PORT_FILE);
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).trim()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(file + " does not hold a port number; delete it", e);
    }
  }

  private void remember(int port) {
    try {
      Path written = Files.writeString(folder.resolve(PORT_FILE + ".new"), port + "\n");
      Files.move(written, folder.resolve(PORT_FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remember the port in " + folder, e);
    }
  }

  /** Releases the lock; the content stays. */
  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + folder, e);
    }
  }
}
