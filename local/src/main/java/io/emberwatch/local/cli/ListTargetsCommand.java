package io.emberwatch.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.emberwatch.collector.fleet.TargetsTopic;
import io.emberwatch.schemas.TargetDefinition;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code targets list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List what is on the topic, by target id.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch targets list --bootstrap-server kafka:9092",
      "  emberwatch targets list --json --fleet prod"
    })
final class ListTargetsCommand implements Callable<Integer> {
  @Mixin private TargetsConnection connection;
  @Spec private CommandSpec spec;

  @Option(names = "--fleet", paramLabel = "NAME", description = "Only this fleet.")
  private @Nullable String fleet;

  @Option(names = "--json", description = "As JSON, with the whole definition of each.")
  private boolean json;

  @Override
  public Integer call() {
    return connection.with(spec.commandLine().getErr(), this::list);
  }

  private int list(TargetsTopic topic) {
    TargetsTopic.Contents contents = topic.read();
    List<TargetDefinition> shown =
        contents.definitions().values().stream()
            .filter(one -> fleet == null || fleet.equals(one.getFleet()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(shown));
    } else {
      table(out, shown);
      contents.unreadable().forEach((id, why) -> out.printf("%s cannot be read: %s%n", id, why));
    }
    out.flush();
    return TargetsConnection.done();
  }

  private static void table(PrintWriter out, List<TargetDefinition> shown) {
    int width =
        shown.stream().mapToInt(one -> one.getTargetId().length()).max().orElse("TARGET".length());
    String row = "%-" + width + "s  %-11s  %9s  %-24s  %s%n";
    out.printf(row, "TARGET", "TIER", "EVERY ms", "APPLIED", "LABELS");
    for (TargetDefinition one : shown) {
      out.printf(
          row,
          one.getTargetId(),
          one.getTier(),
          one.getPollIntervalMillis(),
          one.getAppliedAt(),
          new TreeMap<>(one.getLabels()));
    }
    out.println(shown.size() + " definitions");
  }

  private static String json(List<TargetDefinition> shown) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (TargetDefinition one : shown) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("target_id", one.getTargetId());
      fields.put("fleet", one.getFleet());
      fields.put("group", one.getGroup());
      fields.put("host", one.getHost());
      fields.put("port", one.getPort());
      fields.put("tier", one.getTier().name());
      fields.put("labels", new TreeMap<>(one.getLabels()));
      fields.put("poll_interval_millis", one.getPollIntervalMillis());
      fields.put("definition", one.getDefinition());
      fields.put("applied_at", one.getAppliedAt().toString());
      all.add(fields);
    }
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
