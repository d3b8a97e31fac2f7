package io.emberwatch.local.cli;

import io.emberwatch.runtime.kafka.ClientProperties;
import io.emberwatch.runtime.kafka.KafkaSettings;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.schemas.topic.Topic;
import io.emberwatch.schemas.topic.TopicAdmin;
import io.emberwatch.schemas.topic.TopicDrift;
import io.emberwatch.schemas.topic.TopicSizing;
import io.emberwatch.schemas.topic.TopicState;
import io.emberwatch.schemas.topic.TopicTable;
import io.emberwatch.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates, lists and compares the topics of the catalogue. */
@Command(
    name = "topics",
    description = "Create, list and compare the topics of the catalogue.",
    footer = {
      "",
      "Examples:",
      "  emberwatch topics create --bootstrap-server kafka:9092 --replication-factor 3",
      "  emberwatch topics drift --bootstrap-server kafka:9092"
    },
    subcommands = {
      TopicsCommand.Create.class,
      TopicsCommand.ListTopics.class,
      TopicsCommand.Drift.class,
      TopicsCommand.Docs.class
    })
final class TopicsCommand {

  /** How to reach the cluster. */
  static final class Cluster {

    @Option(
        names = "--bootstrap-server",
        paramLabel = "HOST:PORT",
        defaultValue = "127.0.0.1:9092",
        description = "Brokers, separated by commas. Default: ${DEFAULT-VALUE}.")
    private String bootstrapServer = "";

    @Option(
        names = "--replication-factor",
        paramLabel = "N",
        defaultValue = "-1",
        description = "Copies of each partition; -1, the default, is the broker's own default.")
    private short replicationFactor;

    @Option(
        names = "--partitions",
        paramLabel = "N",
        description = "Partitions of every topic, instead of the catalogue's numbers.")
    private int partitions;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "30",
        description = "Bound on the whole command. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    TopicSizing sizing() {
      return partitions > 0
          ? TopicSizing.uniform(replicationFactor, partitions)
          : TopicSizing.replicated(replicationFactor);
    }

    <R> R with(Function<TopicAdmin, R> action) {
      ClientProperties properties = new ClientProperties(KafkaSettings.plain(bootstrapServer));
      try (Admin admin = Admin.create(properties.admin("emberwatch-topics"))) {
        return action.apply(new TopicAdmin(admin, Duration.ofSeconds(timeoutSeconds)));
      }
    }
  }

  /** {@code topics create}. */
  @Command(
      name = "create",
      description = "Create the missing topics and wait until every partition answers.")
  static final class Create implements Callable<Integer> {
    @Mixin private Cluster cluster;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<String> created = cluster.with(admin -> admin.create(cluster.sizing()));
      PrintWriter out = spec.commandLine().getOut();
      created.forEach(name -> out.println("created " + name));
      out.println(Topics.all().size() - created.size() + " existed");
      out.flush();
      return ExitCode.OK.code();
    }
  }

  /** {@code topics list}. */
  @Command(name = "list", description = "List the catalogue's topics as they are on the cluster.")
  static final class ListTopics implements Callable<Integer> {
    @Mixin private Cluster cluster;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<TopicState> states = cluster.with(TopicAdmin::describe);
      PrintWriter out = spec.commandLine().getOut();
      for (Topic<?, ?> topic : Topics.all()) {
        String found =
            states.stream()
                .filter(state -> state.name().equals(topic.name()))
                .map(
                    state ->
                        state.partitions()
                            + " partitions, "
                            + state.replicationFactor()
                            + " copies")
                .findFirst()
                .orElse("missing");
        out.printf("%-30s %s%n", topic.name(), found);
      }
      out.flush();
      return ExitCode.OK.code();
    }
  }

  /** {@code topics drift}. */
  @Command(
      name = "drift",
      description = {
        "Compare the cluster's topics with the catalogue, changing nothing.",
        "Exit code 0 when they agree, 1 when not."
      })
  static final class Drift implements Callable<Integer> {
    @Mixin private Cluster cluster;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<TopicDrift> drift = cluster.with(admin -> admin.drift(cluster.sizing()));
      PrintWriter out = spec.commandLine().getOut();
      for (TopicDrift difference : drift) {
        out.printf(
            "%s: %s is %s, the catalogue says %s%n",
            difference.topic(), difference.property(), difference.actual(), difference.expected());
      }
      if (drift.isEmpty()) {
        out.println("no drift");
      }
      out.flush();
      return (drift.isEmpty() ? ExitCode.OK : ExitCode.FAULT).code();
    }
  }

  /** {@code topics docs}. */
  @Command(name = "docs", description = "Print the catalogue as Markdown.")
  static final class Docs implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(TopicTable.markdown());
      out.flush();
    }
  }
}
