package io.emberwatch.embedded.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.metadata.storage.FormatterException;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** Formats a new log folder, as {@code kafka-storage.sh format} does. */
final class BrokerStorage {
  private BrokerStorage() {}

  /**
   * Writes the cluster id, the node id and the newest production metadata version, with every
   * feature (transactions, consumer, share and streams groups) at that version's default level.
   *
   * @throws IllegalStateException when the folder cannot be formatted
   */
  static void format(Path logFolder) {
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE_ID)
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(logFolder.toString())
          .setDirectories(List.of(logFolder.toString()))
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (FormatterException e) {
      throw new IllegalStateException("cannot format " + logFolder + ": " + e.getMessage(), e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + logFolder, e);
    }
  }
}
