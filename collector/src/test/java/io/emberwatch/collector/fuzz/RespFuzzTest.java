package io.emberwatch.collector.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.TargetState;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies of a hostile server, through sockets, Lettuce and the limits before it. */
class RespFuzzTest {

  private static final long TRIES = 300;
  private static final long LIMIT_SECONDS = 10;

  private static final List<String> REPLIES =
      List.of(
          "+OK\r\n",
          "+PONG\r\n",
          "$13\r\nredis_mode:x\n\r\n",
          "*2\r\n:1\r\n$1\r\na\r\n",
          "*1\r\n*6\r\n:14\r\n:1700000000\r\n:15000\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n$1\r\nc\r\n$0\r\n\r\n",
          "*0\r\n",
          "*-1\r\n",
          "$-1\r\n",
          "-ERR unknown command\r\n",
          ":42\r\n");

  private static ScriptedServer server;
  private static RedisConnector connector;

  @BeforeAll
  static void start() {
    server = new ScriptedServer("INFO\r\n");
    connector = new RedisConnector("fuzz", Duration.ofSeconds(5));
  }

  @AfterAll
  static void stop() throws IOException {
    connector.close();
    server.close();
  }

  @Test
  void everyQuestionEndsWhateverIsAnswered() throws Exception {
    Mutations mutations =
        new Mutations(REPLIES.stream().map(reply -> reply.getBytes(ISO_8859_1)).toList());
    Duration time = Mutations.byHand();
    long end = System.nanoTime() + time.toNanos();
    for (long seed = 0; seed < TRIES || System.nanoTime() < end; seed++) {
      List<ProbeOutcome<?>> outcomes = ask(mutations.of(seed));
      assertThat(outcomes).as("seed %d", seed).doesNotContainNull();
    }
  }

  /** The name is answered as it should be, and what comes first is answered like this. */
  @ParameterizedTest
  @MethodSource("repliesThatAreNone")
  void aReplyThatIsNoneIsTheServersFault(String reply) throws Exception {
    List<ProbeOutcome<?>> outcomes = ask(("+OK\r\n" + reply).getBytes(ISO_8859_1));
    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Failed.class,
                        failed ->
                            assertThat(failed.state()).isEqualTo(TargetState.PROTOCOL_ERROR)));
  }

  private static Stream<String> repliesThatAreNone() {
    return Stream.of(
        "*2147483647\r\n",
        "*100000000\r\n:1\r\n",
        ">2147483647\r\n",
        "%1073741824\r\n",
        "*2\r\n~99999999\r\n",
        "$536870912\r\nabc",
        "*1\r\n".repeat(35) + ":1\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n");
  }

  /** Asks for two lists, then for two texts. */
  private static List<ProbeOutcome<?>> ask(byte[] script) throws Exception {
    server.answer(script);
    try (Exchange exchange =
        connector
            .connect(Target.of("it", "fuzz", "127.0.0.1", server.port()))
            .get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      CompletableFuture<ProbeOutcome<List<Object>>> slow =
          exchange.list(CommandType.SLOWLOG, "GET", "8");
      CompletableFuture<ProbeOutcome<List<Object>>> role = exchange.list(CommandType.ROLE);
      CompletableFuture<ProbeOutcome<byte[]>> ping = exchange.bytes(CommandType.PING);
      CompletableFuture<ProbeOutcome<byte[]>> info = exchange.bytes(CommandType.INFO);
      return List.of(
          slow.get(LIMIT_SECONDS, TimeUnit.SECONDS),
          role.get(LIMIT_SECONDS, TimeUnit.SECONDS),
          ping.get(LIMIT_SECONDS, TimeUnit.SECONDS),
          info.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
  }
}
