package io.emberwatch.collector.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;

/** What is known of one file of the spool. Its records are numbered from {@link #first}. */
final class SpoolFile {

  /** Ends the name of every file; an Avro container file as any tool reads it. */
  static final String SUFFIX = ".avro";

  private final Path path;
  private final long first;
  private final Map<String, Integer> left = new HashMap<>();
  private final Map<String, Integer> underWay = new HashMap<>();
  private final BitSet done = new BitSet();
  private int count;
  private long sizeBytes;

  /** A file without records, to be told of each. */
  SpoolFile(Path folder, long first) {
    this(first, folder.resolve("%019d%s".formatted(first, SUFFIX)));
  }

  SpoolFile(long first, Path path) {
    this.path = path;
    this.first = first;
  }

  /** Reads a whole file of a former process. What cannot be read at its end was never whole. */
  static SpoolFile scan(Path folder, long first, long sizeBytes) throws IOException {
    SpoolFile file = new SpoolFile(folder, first);
    try (SpoolFileReader reader = new SpoolFileReader(file.path)) {
      while (reader.hasNext()) {
        file.added(reader.next().topic());
      }
    } catch (AvroRuntimeException torn) {
      // The records before are good; a process that is killed leaves half a block.
    }
    file.sizeBytes = sizeBytes;
    return file;
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  /** First number that is none of its own. */
  long end() {
    return first + count;
  }

  int count() {
    return count;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  void sizeBytes(long bytes) {
    sizeBytes = bytes;
  }

  void added(String topic) {
    count++;
    left.merge(topic, 1, Integer::sum);
  }

  boolean isDone(int index) {
    return done.get(index);
  }

  /** A record was read, to be sent. */
  void taken(String topic) {
    underWay.merge(topic, 1, Integer::sum);
  }

  /** What was read and is not done will be read again. */
  void rewind() {
    underWay.clear();
  }

  /** Forgets a record that was taken. */
  void done(int index, String topic) {
    done.set(index);
    underWay.merge(topic, -1, Integer::sum);
    left.merge(topic, -1, Integer::sum);
  }

  /** Forgets all from this record on, which nobody has taken; returns how many, by topic. */
  Map<String, Integer> lose(int index) {
    Map<String, Integer> lost = new HashMap<>();
    left.forEach((topic, number) -> lost.put(topic, number - underWay.getOrDefault(topic, 0)));
    done.set(index, count);
    lost.forEach((topic, number) -> left.merge(topic, -number, Integer::sum));
    return lost;
  }

  boolean isPartlyDone() {
    return !done.isEmpty();
  }

  int leftCount() {
    return count - done.cardinality();
  }
}
