package io.emberwatch.local.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the services of a local pipeline are set up, as {@code key=value} settings over their
 * references: the same whether they run in one JVM or in processes of their own.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl of the schema registry
 * @param stateFolder where the services keep their state
 * @param targetsFile the collector's targets
 * @param pagePort port of the web page
 * @param extra further settings by service name; they win
 */
public record ServiceSettings(
    String bootstrapServers,
    String registryUrl,
    Path stateFolder,
    Path targetsFile,
    int pagePort,
    Map<String, List<String>> extra) {

  /** Copies the settings. */
  public ServiceSettings {
    extra = Map.copyOf(extra);
  }

  /** Settings of the collector. */
  public List<String> collector() {
    return with(
        "collector",
        "collector-id=local",
        "targets-file=" + targetsFile,
        "publish.spool-folder=" + stateFolder.resolve("spool"));
  }

  /** Settings of the processor. */
  public List<String> processor() {
    return with("processor", "streams.state-folder=" + stateFolder.resolve("processor"));
  }

  /** Settings of the alerter. */
  public List<String> alerter() {
    return with(
        "alerter",
        "database.url=jdbc:h2:file:" + stateFolder.resolve("alerter").toAbsolutePath(),
        "web.port=" + pagePort,
        "web.public-url=" + pageUrl());
  }

  /** Address of the web page, without a slash at the end. */
  public String pageUrl() {
    return "http://127.0.0.1:" + pagePort;
  }

  /** The admin endpoint gets a free port: only the page's address is meant to be remembered. */
  private List<String> with(String service, String... own) {
    List<String> all = new ArrayList<>();
    all.add("kafka.bootstrap-servers=" + bootstrapServers);
    all.add("schema-registry.schema.registry.url=" + registryUrl);
    all.add("admin.port=0");
    all.addAll(List.of(own));
    all.addAll(extra.getOrDefault(service, List.of()));
    return List.copyOf(all);
  }
}
