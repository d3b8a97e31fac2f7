package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ExtraCommand;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ReplyFields;
import io.emberwatch.schemas.ModuleInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** MODULE LIST: names and versions; never paths or arguments, which may hold secrets. */
public final class ModulesProbe implements Probe {

  /** Redis 8 comes with a handful. */
  private static final int MAX_MODULES = 64;

  @Override
  public String name() {
    return "modules";
  }

  @Override
  public Duration cadence() {
    return Duration.ofMinutes(5);
  }

  @Override
  public boolean appliesTo(ServerFacts server) {
    return !server.isSentinel() && server.speaksRedis(4, 0);
  }

  @Override
  public List<String> grants() {
    return List.of("+module|list");
  }

  @Override
  public CompletableFuture<ProbeOutcome<Finding>> ask(Exchange exchange, ServerFacts server) {
    return exchange
        .list(ExtraCommand.MODULE, "LIST")
        .thenApply(outcome -> outcome.map(ModulesProbe::finding));
  }

  private static Finding finding(List<Object> reply) {
    List<ModuleInfo> modules = modules(reply);
    return poll -> poll.sample().setLoadedModules(modules);
  }

  static List<ModuleInfo> modules(List<Object> reply) {
    List<ModuleInfo> modules = new ArrayList<>();
    for (Object element : reply) {
      ReplyFields fields = ReplyFields.of(element);
      String name = fields.text("name");
      if (name != null && modules.size() < MAX_MODULES) {
        modules.add(new ModuleInfo(name, fields.number("ver")));
      }
    }
    return modules;
  }
}
