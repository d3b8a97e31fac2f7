package io.emberwatch.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.CollectorCommand;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.probe.Emission;
import io.emberwatch.collector.target.Credentials;
import io.emberwatch.collector.target.Target;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.runtime.cli.CommandRun;
import io.emberwatch.runtime.config.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** A real server, of which every probe is asked as the user that {@code collector acl} prints. */
final class WatchedServer implements AutoCloseable {

  private static final String PASSWORD = "pw";

  private final RedisProcess redis;
  private final RedisConnector connector = new RedisConnector("it", Duration.ofSeconds(5));
  private final TargetWatch watch;

  private WatchedServer(RedisProcess redis) {
    this.redis = redis;
    redis.call(printedUser(redis));
    Credentials login =
        new Credentials(Optional.of("emberwatch"), Secret.ofValue("test", PASSWORD));
    Map<String, ProbeCadence> always =
        ProbeCadence.names().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    name -> new ProbeCadence(Optional.of(Duration.ZERO), false)));
    this.watch =
        new TargetWatch(
            Target.builder("it", "newer", redis.host(), redis.port()).credentials(login).build(),
            new WatchSettings("it", Duration.ZERO, Duration.ZERO, 1, always),
            connector,
            NotificationSource.NONE,
            () -> 1,
            Clock.systemUTC());
  }

  /** Starts the server. */
  static WatchedServer start(RedisProcess.Builder server) {
    RedisProcess redis = server.start();
    try {
      return new WatchedServer(redis);
    } catch (RuntimeException | AssertionError e) {
      redis.close();
      throw e;
    }
  }

  private static String[] printedUser(RedisProcess redis) {
    StringWriter text = new StringWriter();
    int code =
        CommandRun.with(new CommandLine(new CollectorCommand()))
            .setOut(new PrintWriter(text))
            .execute("acl", redis.uri());
    assertThat(code).isZero();
    return text.toString().strip().replace(">PASSWORD", ">" + PASSWORD).split(" ", -1);
  }

  RedisProcess redis() {
    return redis;
  }

  PollResult poll() throws Exception {
    return watch.poll(Duration.ofSeconds(10)).get(20, TimeUnit.SECONDS);
  }

  static <V> List<V> emitted(PollResult result, Class<V> type) {
    return result.emissions().stream()
        .map(Emission::value)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public void close() {
    watch.close();
    connector.close();
    redis.close();
  }
}
