package io.emberwatch.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.display.RecordJson;
import io.emberwatch.collector.display.RecordTable;
import io.emberwatch.collector.probe.Emission;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.schedule.OneLook;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.runtime.logging.LogLevel;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.TargetState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at one server and prints all that it says; needs no Kafka. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Look at one server, print one full sample and what was refused.",
      "Everything is asked twice, a second apart, since much is told between two looks."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the server is up", "1:it is not, or a fault", "2:wrong arguments"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch collector probe redis://10.0.0.1:6379",
      "  emberwatch collector probe rediss://cache.example --user emberwatch --password-file pw",
      "  emberwatch collector probe 10.0.0.1 --json | jq .sample.memory.used_memory"
    })
final class ProbeCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final String COLLECTOR_ID = "probe";

  @Spec private @Nullable CommandSpec spec;
  @Mixin private LoginOptions login = new LoginOptions();

  @Parameters(paramLabel = "ADDRESS", description = "redis://host:port, rediss://, or host:port.")
  private String address = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    // The log goes where the sample goes, and a script reads that.
    LogLevel.ERROR.apply();
    Target target = target();
    try (RedisConnector connector = new RedisConnector(COLLECTOR_ID, CONNECT_TIMEOUT)) {
      PollResult result = OneLook.at(target, COLLECTOR_ID, connector, PAUSE, Clock.systemUTC());
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      if (json) {
        printJson(result, out);
      } else {
        printTable(result, target, out);
      }
      out.flush();
      return result.sample().getState() == TargetState.UP
          ? ExitCode.OK.code()
          : ExitCode.FAULT.code();
    }
  }

  private Target target() {
    try {
      return login.on(Target.at(COLLECTOR_ID, COLLECTOR_ID, address));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static void printTable(PollResult result, Target target, PrintWriter out) {
    RecordTable table = new RecordTable(out);
    table.print(result.sample());
    for (Emission<?> emission : result.emissions()) {
      out.println();
      out.println(emission.topic().name());
      table.print(emission.value());
    }
    List<RefusedProbe> refused = result.sample().getRefusedProbes();
    out.println();
    out.println(refused.isEmpty() ? "Nothing was refused." : "Refused:");
    for (RefusedProbe one : refused) {
      out.printf("  %s (%s)%s%n", one.getProbe(), one.getReason(), remedy(one.getProbe(), target));
    }
  }

  private static String remedy(String refused, Target target) {
    return Probes.of(target, COLLECTOR_ID).stream()
        .filter(probe -> probe.name().equals(refused))
        .map(Probe::grants)
        .filter(grants -> !grants.isEmpty())
        .map(grants -> ": needs " + String.join(" ", grants))
        .findFirst()
        .orElse("");
  }

  private static void printJson(PollResult result, PrintWriter out) throws IOException {
    JsonGenerator generator = new JsonFactory().createGenerator(out);
    generator.setPrettyPrinter(new DefaultPrettyPrinter());
    generator.writeStartObject();
    generator.writeFieldName("sample");
    RecordJson.write(result.sample(), generator);
    generator.writeArrayFieldStart("records");
    for (Emission<?> emission : result.emissions()) {
      generator.writeStartObject();
      generator.writeStringField("topic", emission.topic().name());
      generator.writeFieldName("value");
      RecordJson.write(emission.value(), generator);
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeEndObject();
    generator.flush();
    out.println();
  }
}
