package io.emberwatch.collector.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk in the order of their numbers: written at the end, read from the beginning, kept
 * until they are {@link #done}. It is a folder of small Avro container files that are each written
 * once, read once and deleted, so bounded disk is the deletion of the oldest file, and no fault of
 * the disk can harm more than the file it happens to. Files of a former run come first. Used by one
 * thread; {@link #records} and {@link #bytes} by any.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolSettings settings;
  private final SpoolFolder folder;
  private final Drops drops;
  private final UnaryOperator<OutputStream> disk;
  private final TreeMap<Long, SpoolFile> files = new TreeMap<>();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Files from this number on have not been read since the last rewind. */
  private long cursor = Long.MIN_VALUE;

  private @Nullable SpoolFileWriter writer;
  private @Nullable Reading reading;
  private @Nullable Spooled head;

  /** A spool that is not open. */
  public Spool(SpoolSettings settings, WriterSchemas schemas, Drops drops) {
    this(settings, schemas, drops, stream -> stream);
  }

  Spool(
      SpoolSettings settings,
      WriterSchemas schemas,
      Drops drops,
      UnaryOperator<OutputStream> disk) {
    this.settings = settings;
    this.folder = new SpoolFolder(settings.folder(), schemas);
    this.drops = drops;
    this.disk = disk;
  }

  /**
   * Takes the folder and what is in it. Idempotent.
   *
   * @return records found
   * @throws IOException if the folder cannot be made, read or written, or another process has it
   */
  public long open() throws IOException {
    if (folder.isOpen()) {
      return 0;
    }
    folder.open();
    long before = records.get();
    try {
      folder.scan().forEach(this::add);
    } catch (IOException fault) {
      folder.close();
      throw fault;
    }
    files.values().stream().filter(file -> file.count() == 0).toList().forEach(this::delete);
    return records.get() - before;
  }

  /**
   * Writes something and takes it back.
   *
   * @throws IOException if there is no room for a batch, or no disk
   */
  public void tryOut() throws IOException {
    open();
    folder.tryOut();
  }

  /** One more than the largest number in it; 0 when it is empty. */
  public long end() {
    return files.isEmpty() ? 0 : files.lastEntry().getValue().end();
  }

  /**
   * Adds records behind all others; they get consecutive numbers from the first's. Above the bound
   * the oldest are dropped.
   *
   * @param batch not empty, in the order of their numbers
   * @throws IOException if none of them could be written
   */
  public void append(List<Numbered> batch) throws IOException {
    open();
    List<Outgoing> added = batch.stream().map(Numbered::record).toList();
    try {
      folder.keepSchemas(added);
      SpoolFileWriter open = writer;
      if (open == null) {
        open = create(batch.get(0).number());
        writer = open;
      }
      write(open, added);
    } catch (IOException fault) {
      roll();
      throw fault;
    }
    if (writer != null && writer.file().sizeBytes() >= settings.fileBytes()) {
      roll();
    }
    keepBound();
  }

  /**
   * Puts records between those that were before and after them.
   *
   * @param taken back from sending, in the order of their numbers; all smaller than those unread
   * @return those that could not be written
   */
  public List<Numbered> insert(List<Numbered> taken) {
    TreeMap<Long, List<Numbered>> runs = new TreeMap<>();
    for (Numbered one : taken) {
      Long before = files.floorKey(one.number());
      runs.computeIfAbsent(before == null ? Long.MIN_VALUE : before, key -> new ArrayList<>())
          .add(one);
    }
    List<Numbered> refused = new ArrayList<>();
    for (List<Numbered> run : runs.values()) {
      if (!insertRun(run)) {
        refused.addAll(run);
      }
    }
    return refused;
  }

  /** Whether there is a record that was not read since the last rewind. */
  public boolean hasUnread() {
    if (head == null) {
      head = read();
    }
    return head != null;
  }

  /** The next record in order; null when all were read. */
  public @Nullable Spooled next() {
    Spooled next = hasUnread() ? head : null;
    head = null;
    return next;
  }

  /** Forgets a record: it has arrived, or never will. */
  public void done(Spooled one) {
    SpoolFile file = one.file();
    file.done(one.index(), one.record().topic());
    records.decrementAndGet();
    deleteIfDone(file);
  }

  /** Begins anew with the first record that is not done; nothing read before may be told done. */
  public void rewind() {
    endReading();
    head = null;
    cursor = Long.MIN_VALUE;
    files.values().forEach(SpoolFile::rewind);
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** Records in it. */
  public long records() {
    return records.get();
  }

  /** Size of its files. */
  public long bytes() {
    return bytes.get();
  }

  /** Leaves on disk what is not done, and only that. */
  @Override
  public void close() {
    rewind();
    roll();
    files.values().stream().filter(SpoolFile::isPartlyDone).forEach(this::compact);
    folder.close();
  }

  private SpoolFileWriter create(long first) throws IOException {
    SpoolFileWriter created = new SpoolFileWriter(folder.file(first), disk);
    add(created.file());
    return created;
  }

  private void write(SpoolFileWriter open, List<Outgoing> added) throws IOException {
    long before = open.file().sizeBytes();
    open.append(added);
    bytes.addAndGet(open.file().sizeBytes() - before);
    records.addAndGet(added.size());
  }

  private boolean insertRun(List<Numbered> run) {
    try {
      List<Outgoing> added = run.stream().map(Numbered::record).toList();
      folder.keepSchemas(added);
      try (SpoolFileWriter own = create(run.get(0).number())) {
        write(own, added);
      }
      return true;
    } catch (IOException fault) {
      LOG.warn("event=spool_insert_failed records={} fault={}", run.size(), fault.toString());
      SpoolFile failed = files.get(run.get(0).number());
      if (failed != null && failed.count() == 0) {
        delete(failed);
      }
      return failed != null && failed.count() == run.size();
    }
  }

  private @Nullable Spooled read() {
    while (reading != null || beginReading()) {
      Reading now = reading;
      Spooled next = now == null ? null : now.next();
      if (next != null) {
        return next;
      }
      endReading();
    }
    return null;
  }

  private boolean beginReading() {
    Map.Entry<Long, SpoolFile> next = files.ceilingEntry(cursor);
    if (next == null) {
      return false;
    }
    SpoolFile file = next.getValue();
    if (writer != null && writer.file() == file) {
      roll();
      if (!files.containsValue(file)) {
        return beginReading();
      }
    }
    cursor = file.first() + 1;
    reading = new Reading(file);
    return true;
  }

  private void endReading() {
    Reading ended = reading;
    reading = null;
    if (ended != null) {
      ended.close();
      giveUp(ended.lost(), "spool_unreadable");
      deleteIfDone(ended.file());
    }
  }

  /** The file that is written to is closed; its faults were told by its appends. */
  private void roll() {
    SpoolFileWriter ended = writer;
    writer = null;
    if (ended == null) {
      return;
    }
    try {
      ended.close();
    } catch (IOException fault) {
      LOG.warn("event=spool_sync_failed file={} fault={}", ended.file().path(), fault.toString());
    }
    if (ended.file().count() == 0) {
      delete(ended.file());
    }
  }

  /** What is being sent is not dropped: whether it arrived would then be told wrongly. */
  private void keepBound() {
    while (bytes.get() > settings.maxBytes()) {
      Map.Entry<Long, SpoolFile> oldest = files.ceilingEntry(cursor);
      if (oldest == null) {
        return;
      }
      SpoolFile file = oldest.getValue();
      if (writer != null && writer.file() == file) {
        roll();
      }
      giveUp(file.lose(0), "spool_full");
      delete(file);
    }
  }

  private void giveUp(Map<String, Integer> lost, String reason) {
    lost.forEach(
        (topic, number) -> {
          records.addAndGet(-number);
          if (number > 0) {
            drops.dropped(topic, number, reason);
          }
        });
  }

  private void deleteIfDone(SpoolFile file) {
    boolean beingRead = reading != null && reading.file() == file;
    boolean beingWritten = writer != null && writer.file() == file;
    if (file.leftCount() == 0 && !beingRead && !beingWritten && files.containsKey(file.first())) {
      delete(file);
    }
  }

  private void add(SpoolFile file) {
    files.put(file.first(), file);
    bytes.addAndGet(file.sizeBytes());
    records.addAndGet(file.count());
  }

  private void delete(SpoolFile file) {
    files.remove(file.first());
    bytes.addAndGet(-file.sizeBytes());
    try {
      Files.deleteIfExists(file.path());
    } catch (IOException fault) {
      LOG.warn("event=spool_delete_failed file={} fault={}", file.path(), fault.toString());
    }
  }

  private void compact(SpoolFile file) {
    try {
      folder.compact(file);
    } catch (IOException fault) {
      LOG.warn("event=spool_compact_failed file={} fault={}", file.path(), fault.toString());
    }
  }
}
