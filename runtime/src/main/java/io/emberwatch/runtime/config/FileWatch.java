package io.emberwatch.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a file's content changed, for reloading without a restart. It polls, since inotify
 * does not see network mounts and the symbolic links that Kubernetes swaps. Time and size are
 * looked at first, then a hash, so that a touched file is no change. A file that vanishes or cannot
 * be read is no change either: the old content stays in force. A change is told once the content
 * has held still for one interval, so that a file in the middle of being written is seldom read; a
 * writer that renames a finished file over the old one is always safe. Thread-safe.
 */
public final class FileWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final Path file;
  private Optional<Stamp> stamp;
  private String hash;
  private boolean unsettled;
  private @Nullable ScheduledExecutorService poller;

  /** Takes the file's content of now as known. */
  public FileWatch(Path file) {
    this.file = file;
    this.stamp = stampOf(file);
    this.hash = hashOf(file).orElse("");
  }

  /** Whether the content differs from the last call's, or from the start's. */
  public synchronized boolean changed() {
    Optional<Stamp> now = stampOf(file);
    if (now.isEmpty() || now.equals(stamp)) {
      return false;
    }
    Optional<String> content = hashOf(file);
    if (content.isEmpty()) {
      return false;
    }
    stamp = now;
    boolean differs = !content.get().equals(hash);
    hash = content.get();
    return differs;
  }

  /** Calls {@code onChange} from a daemon thread after changes, until closed. Call once. */
  public synchronized FileWatch start(Duration interval, Runnable onChange) {
    if (poller != null) {
      throw new IllegalStateException("already watching " + file);
    }
    poller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "watch-" + file.getFileName());
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        poller.scheduleWithFixedDelay(
            () -> poll(onChange), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    return this;
  }

  /** Stops calling; does not wait for a call under way. */
  @Override
  public synchronized void close() {
    if (poller != null) {
      poller.shutdownNow();
    }
  }

  /** An exception would end the schedule silently, so it is logged here and the watch goes on. */
  private void poll(Runnable onChange) {
    try {
      if (changed()) {
        unsettled = true;
      } else if (unsettled) {
        unsettled = false;
        onChange.run();
      }
    } catch (RuntimeException e) {
      LOG.error("event=reload_failed file={}", file, e);
    }
  }

  private static Optional<Stamp> stampOf(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size()));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Optional<String> hashOf(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Optional.of(HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
    } catch (IOException absent) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record Stamp(FileTime modified, long sizeBytes) {}
}
