package io.emberwatch.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.schedule.OneLook;
import io.emberwatch.collector.schedule.PollResult;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.config.Secret;
import io.emberwatch.schemas.RefusedProbe;
import io.emberwatch.schemas.TargetState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The user that {@code collector acl} prints is enough, and each of its rights is needed. */
class AclIT {

  private static final String PASSWORD = "pw";
  private static final Clock CLOCK = Clock.systemUTC();

  /** A cluster's node, since it answers the most. */
  private RedisProcess redis;

  private RedisConnector connector;

  @BeforeEach
  void startServer() {
    redis =
        RedisProcess.builder()
            .binary(RedisBinary.redis70())
            .directive("cluster-enabled", "yes")
            .start();
    redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    connector = new RedisConnector("acl", Duration.ofSeconds(5));
  }

  @AfterEach
  void stopServer() {
    connector.close();
    redis.close();
  }

  @Test
  void everyRightOfThePrintedUserIsNeededAndNoMore() throws Exception {
    List<String> line = printed();
    List<String> rights = line.stream().filter(word -> word.startsWith("+")).toList();
    assertThat(rights).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();

    PollResult whole = look("whole", line, "");
    assertThat(whole.sample().getState()).isEqualTo(TargetState.UP);
    assertThat(whole.sample().getRefusedProbes()).isEmpty();
    assertThat(whole.sample().getConfig()).isNotNull();
    assertThat(whole.sample().getSlowlog()).isNotNull();

    for (int i = 0; i < rights.size(); i++) {
      PollResult without = look("without" + i, line, rights.get(i));
      assertThat(refused(without))
          .as("without %s: %s", rights.get(i), without.sample())
          .isEqualTo(loss(rights.get(i)));
    }
  }

  @Test
  void thePrintedUserMayNotReadOrChangeData() throws Exception {
    user("whole", printed(), "");
    assertThat(dryRun("GET", "user:1")).contains("no permissions");
    assertThat(dryRun("CONFIG", "SET", "save", "")).contains("no permissions");
    assertThat(dryRun("FLUSHALL")).contains("no permissions");
  }

  /** What is refused without a right: one section; the name of a connection is a courtesy. */
  private static List<String> loss(String right) {
    return switch (right) {
      case "+client|setname" -> List.of();
      case "+ping" -> List.of("ping");
      case "+info" -> List.of("info");
      default ->
          Probes.of(Target.of("any", "any", "any", 1), "acl").stream()
              .filter(probe -> probe.grants().contains(right))
              .map(probe -> probe.name())
              .toList();
    };
  }

  private static List<String> refused(PollResult result) {
    return result.sample().getRefusedProbes().stream().map(RefusedProbe::getProbe).toList();
  }

  private List<String> printed() {
    StringWriter text = new StringWriter();
    int code =
        new CommandLine(new AclCommand())
            .setOut(new PrintWriter(text))
            .execute("redis://127.0.0.1:" + redis.port(), "--keyspace-events");
    assertThat(code).isZero();
    List<String> words = Arrays.asList(text.toString().strip().split(" ", -1));
    assertThat(words).startsWith("ACL", "SETUSER", "emberwatch", "on", ">PASSWORD");
    assertThat(words).endsWith("+psubscribe", "&__keyevent@*__:*");
    return words;
  }

  private PollResult look(String name, List<String> line, String without) throws Exception {
    Target target =
        Target.builder("it", name, "127.0.0.1", redis.port())
            .credentials(user(name, line, without))
            .build();
    // A connection can be lost as soon as it is made; the next look then tells of the rights.
    PollResult result = OneLook.at(target, "acl", connector, Duration.ofMillis(1), CLOCK);
    for (int i = 0; i < 3 && result.sample().getState() == TargetState.UNREACHABLE; i++) {
      result = OneLook.at(target, "acl", connector, Duration.ofMillis(1), CLOCK);
    }
    return result;
  }

  private Credentials user(String name, List<String> line, String without) {
    List<String> command = new ArrayList<>(line);
    command.set(2, name);
    command.replaceAll(word -> word.startsWith(">") ? ">" + PASSWORD : word);
    command.remove(without);
    assertThat(redis.call(command.toArray(String[]::new))).isEqualTo("OK");
    return new Credentials(Optional.of(name), Secret.ofValue("test", PASSWORD));
  }

  private String dryRun(String... command) {
    List<String> words = new ArrayList<>(List.of("ACL", "DRYRUN", "whole"));
    words.addAll(List.of(command));
    return String.valueOf(redis.call(words.toArray(String[]::new)));
  }
}
