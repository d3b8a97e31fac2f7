package io.emberwatch.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of JSON lines, on disk before an append returns. A last line without its end,
 * as a killed process leaves it, was never confirmed to anyone and is cut off on opening; any other
 * damage is an error. Not safe for use by several threads.
 */
final class RegistryJournal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryJournal.class);
  private final Path file;
  private final ObjectMapper json;
  private final FileChannel channel;
  private final List<JsonNode> entries;

  private RegistryJournal(Path file, ObjectMapper json, FileChannel channel) throws IOException {
    this.file = file;
    this.json = json;
    this.channel = channel;
    this.entries = load();
  }

  /** Opens or creates the file and reads what it holds. */
  static RegistryJournal open(Path file, ObjectMapper json) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new RegistryJournal(file, json, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  private List<JsonNode> load() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end < bytes.length) {
      log.warn("registry journal torn file={} droppedBytes={}", file, bytes.length - end);
      channel.truncate(end);
      channel.force(true);
    }
    channel.position(end);
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      nodes.add(parse(line, nodes.size() + 1));
    }
    return nodes;
  }

  private JsonNode parse(String line, int number) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          file + " is damaged at line " + number + "; restore it or delete it", e);
    }
  }

  /** What the file held when it was opened, oldest first. */
  List<JsonNode> entries() {
    return entries;
  }

  /** Writes one entry; it is either whole on disk or not there. */
  void append(JsonNode entry) {
    try {
      long before = channel.position();
      try {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(json.writeValueAsString(entry) + "\n");
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append to " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
