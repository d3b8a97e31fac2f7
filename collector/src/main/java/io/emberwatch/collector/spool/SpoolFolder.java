package io.emberwatch.collector.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a spool: a lock, schemas and files. */
final class SpoolFolder {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final Pattern FILE = Pattern.compile("(\\d{19})\\" + SpoolFile.SUFFIX);
  private static final int COPIED_AT_ONCE = 100;
  private static final int TRIAL_BYTES = 1 << 20;

  private final Path path;
  private final SchemaShelf shelf;
  private @Nullable FileChannel lock;

  SpoolFolder(Path path, WriterSchemas schemas) {
    this.path = path;
    this.shelf = new SchemaShelf(path, schemas);
  }

  boolean isOpen() {
    return lock != null;
  }

  /** Makes and locks it. */
  void open() throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        throw new OverlappingFileLockException();
      }
      shelf.load();
      lock = channel;
    } catch (OverlappingFileLockException taken) {
      channel.close();
      throw new IOException("another collector uses " + path, taken);
    } catch (IOException fault) {
      channel.close();
      throw fault;
    }
  }

  /** Files of a former run in the order of their numbers. */
  List<SpoolFile> scan() throws IOException {
    List<SpoolFile> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches()) {
          long first = Long.parseLong(name.group(1));
          readable(first, Files.size(file)).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  SpoolFile file(long first) {
    return new SpoolFile(path, first);
  }

  void keepSchemas(List<Outgoing> records) throws IOException {
    Set<WriterSchema> names = new HashSet<>();
    records.forEach(record -> names.add(record.schema()));
    for (WriterSchema name : names) {
      shelf.keep(name);
    }
  }

  /** Writes as much as a large batch and deletes it. */
  void tryOut() throws IOException {
    Path trial = path.resolve("trial");
    try {
      Files.write(trial, new byte[TRIAL_BYTES]);
    } finally {
      Files.deleteIfExists(trial);
    }
  }

  /** Writes a file again without the records that are done. */
  void compact(SpoolFile file) throws IOException {
    Path draft = file.path().resolveSibling(file.path().getFileName() + ".tmp");
    Files.deleteIfExists(draft);
    try (SpoolFileReader reader = new SpoolFileReader(file.path());
        SpoolFileWriter writer =
            new SpoolFileWriter(new SpoolFile(file.first(), draft), stream -> stream)) {
      List<Outgoing> batch = new ArrayList<>();
      for (int index = 0; index < file.count(); index++) {
        Outgoing record = reader.next();
        if (!file.isDone(index)) {
          batch.add(record);
        }
        if (batch.size() == COPIED_AT_ONCE || index == file.count() - 1) {
          writer.append(batch);
          batch.clear();
        }
      }
    }
    Files.move(
        draft, file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException fault) {
      LOG.warn("event=spool_unlock_failed folder={} fault={}", path, fault.toString());
    }
    lock = null;
  }

  /** A file whose very head is torn holds nothing. */
  private Optional<SpoolFile> readable(long first, long sizeBytes) {
    try {
      return Optional.of(SpoolFile.scan(path, first, sizeBytes));
    } catch (IOException noHead) {
      LOG.warn("event=spool_file_ignored number={} fault={}", first, noHead.toString());
      return Optional.empty();
    }
  }
}
