package io.emberwatch.collector.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas beside the spool's files, {@code <topic>.<fingerprint>.avsc}: a newer collector finds out
 * with them how the records of an older one were written.
 */
final class SchemaShelf {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaShelf.class);
  private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9a-f]{16})\\.avsc");

  private final Path folder;
  private final WriterSchemas schemas;
  private final Set<WriterSchema> kept = new HashSet<>();

  SchemaShelf(Path folder, WriterSchemas schemas) {
    this.folder = folder;
    this.schemas = schemas;
  }

  /** Takes what is there; a file that is no schema is left alone and told. */
  void load() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.avsc")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          load(file, name.group(1), Long.parseUnsignedLong(name.group(2), 16));
        }
      }
    }
  }

  /** Puts a schema there, if it is not. */
  void keep(WriterSchema name) throws IOException {
    if (kept.contains(name)) {
      return;
    }
    Schema schema =
        schemas.find(name).orElseThrow(() -> new IOException("no schema for " + name.topic()));
    Path file = folder.resolve(fileName(name));
    Path draft = folder.resolve(fileName(name) + ".tmp");
    Files.writeString(draft, schema.toString());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    kept.add(name);
  }

  private void load(Path file, String topic, long fingerprint) throws IOException {
    try {
      Schema schema = new Schema.Parser().parse(Files.readString(file));
      schemas.found(new WriterSchema(topic, fingerprint), schema);
      kept.add(new WriterSchema(topic, fingerprint));
    } catch (SchemaParseException notOne) {
      LOG.warn("event=spool_schema_unreadable file={}", file);
    }
  }

  private static String fileName(WriterSchema name) {
    return String.format(Locale.ROOT, "%s.%016x.avsc", name.topic(), name.fingerprint());
  }
}
