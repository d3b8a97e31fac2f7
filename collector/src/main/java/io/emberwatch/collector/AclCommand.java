package io.emberwatch.collector;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.info.InfoParser;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.collector.info.Look;
import io.emberwatch.collector.probe.AclRights;
import io.emberwatch.collector.probe.InfoProbe;
import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.probe.ServerFacts;
import io.emberwatch.collector.schedule.ProbeCadence;
import io.emberwatch.collector.schedule.WatchSettings;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.cli.CommonOptions;
import io.emberwatch.runtime.config.ConfigReader;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.runtime.lifecycle.ExitCode;
import io.emberwatch.runtime.logging.LogLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the user that a collector needs on a server. */
@Command(
    name = "acl",
    mixinStandardHelpOptions = true,
    description = {
      "Print the ACL SETUSER line of the least rights for the probes that are on.",
      "A server refuses rights on commands that it does not have, so the line is for the server at",
      "the address, or else for the release that the options name. Redis 6.0 and later, Valkey."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  emberwatch collector acl redis://10.0.0.1:6379",
      "  emberwatch collector acl --redis-version 8.2 --mode cluster",
      "  emberwatch collector acl --for-user watch --for-password-file pw --keyspace-events",
      "  redis-cli $(emberwatch collector acl --for-password-file pw redis://127.0.0.1)"
    })
final class AclCommand implements Callable<Integer> {

  private static final String COLLECTOR_ID = "acl";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Spec private @Nullable CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private LoginOptions login = new LoginOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "A server to look at, logged in as the options say.")
  private @Nullable String address;

  @Option(
      names = "--redis-version",
      paramLabel = "N.N",
      defaultValue = "7.0.15",
      description = "Release of a server that is not looked at. Default: ${DEFAULT-VALUE}.")
  private String redisVersion = "";

  @Option(names = "--valkey-version", paramLabel = "N.N", description = "The same of Valkey.")
  private @Nullable String valkeyVersion;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "standalone",
      description = "standalone, cluster or sentinel. Default: ${DEFAULT-VALUE}.")
  private String mode = "";

  @Option(
      names = "--for-user",
      paramLabel = "NAME",
      defaultValue = "emberwatch",
      description = "Default: ${DEFAULT-VALUE}.")
  private String user = "";

  @Option(
      names = "--for-password-file",
      paramLabel = "FILE",
      description = "File of its password, of which the line holds the SHA-256 only.")
  private @Nullable Path passwordFile;

  @Option(names = "--keyspace-events", description = "Also the rights to listen to key events.")
  private boolean keyspaceEvents;

  @Option(names = "--key-census", description = "Also the rights to take a census of keys.")
  private boolean keyCensus;

  @Option(
      names = "--hot-keys",
      description = "Also the rights to ask for hot keys (key-census.hot-keys), Redis 8.6.")
  private boolean hotKeys;

  @Override
  public Integer call() throws Exception {
    // The log goes where the line goes, and redis-cli is given that.
    LogLevel.ERROR.apply();
    ConfigReader reader =
        common.load(
            CollectorConfig.REFERENCE,
            CollectorConfig.class,
            CollectorConfig.ENV_PREFIX,
            System.getenv());
    WatchSettings watch = CollectorConfig.read(reader, System.getenv()).watch();
    reader.check();
    ServerFacts server = server();
    List<String> rights =
        AclRights.of(enabled(watch, server), AclRights.discovery(server), keyspaceEvents);
    if (keyCensus) {
      rights.addAll(AclRights.keyCensus(server));
    }
    if (hotKeys) {
      rights.addAll(AclRights.hotKeys(server));
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf(
        "ACL SETUSER %s on %s resetchannels -@all %s%n",
        user, password(), String.join(" ", rights));
    out.flush();
    return ExitCode.OK.code();
  }

  private List<Probe> enabled(WatchSettings watch, ServerFacts server) {
    return Probes.of(target(), COLLECTOR_ID).stream()
        .filter(probe -> !ProbeCadence.isOff(probe.name(), watch.cadences()))
        .filter(probe -> probe.appliesTo(server))
        .toList();
  }

  private Target target() {
    try {
      return login.on(
          Target.at(COLLECTOR_ID, COLLECTOR_ID, Objects.requireNonNullElse(address, "any")));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private ServerFacts server() throws Exception {
    ServerFacts facts = new ServerFacts();
    if (address == null) {
      facts.learn(InfoParser.parse(info().getBytes(StandardCharsets.UTF_8)));
      return facts;
    }
    try (RedisConnector connector = new RedisConnector(COLLECTOR_ID, TIMEOUT);
        Exchange exchange =
            connector.connect(target()).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      ProbeOutcome<InfoReply> answer =
          InfoProbe.run(exchange, facts, Look.FULL).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      answer.answer().ifPresent(facts::learn);
      if (!facts.isKnown()) {
        throw new IOException(address + " does not answer INFO: " + answer);
      }
      return facts;
    }
  }

  /** What a server of that release would say of itself. */
  private String info() {
    String valkey =
        valkeyVersion == null
            ? ""
            : "server_name:valkey\r\nvalkey_version:" + valkeyVersion + "\r\n";
    return "# Server\r\nredis_version:%s\r\n%sredis_mode:%s\r\n# Cluster\r\ncluster_enabled:%d\r\n"
        .formatted(redisVersion, valkey, mode, mode.equals("cluster") ? 1 : 0);
  }

  /** As ACL SETUSER takes it: a placeholder, or a hash. */
  private String password() {
    if (passwordFile == null) {
      return ">PASSWORD";
    }
    try {
      byte[] password = Secret.ofFile(passwordFile).reveal().getBytes(StandardCharsets.UTF_8);
      return "#" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(password));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
