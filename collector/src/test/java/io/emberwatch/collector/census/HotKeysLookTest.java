package io.emberwatch.collector.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.collector.connect.Exchange;
import io.emberwatch.collector.connect.RedisConnector;
import io.emberwatch.collector.target.Target;
import io.emberwatch.schemas.HotKeysEnd;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks at hot keys, through sockets, of a server that answers as the documentation and Redis's own
 * tests say. None of it was tried on a real Redis 8.6.
 */
final class HotKeysLookTest {

  private static final int KEYS = 5;
  private static final long LIMIT_SECONDS = 10;
  private static final String START =
      "HOTKEYS START METRICS 2 CPU NET COUNT 5 DURATION 10 SAMPLE 17";

  private final DocumentedHotKeys hotKeys = new DocumentedHotKeys();
  private final RedisConnector connector = new RedisConnector("hot", Duration.ofSeconds(5));
  private final QuickTimers timers = new QuickTimers(hotKeys::advance);

  /** Stands between the question and the server. */
  private volatile UnaryOperator<String> before = subcommand -> "";

  private final ScriptedRedis redis =
      new ScriptedRedis(
          words -> {
            if (!words.get(0).equals("HOTKEYS")) {
              return DocumentedHotKeys.OK;
            }
            String instead = before.apply(words.get(1));
            return instead.isEmpty() ? hotKeys.answer(words.subList(1, words.size())) : instead;
          });

  @AfterEach
  void closes() throws Exception {
    timers.shutdownNow();
    connector.close();
    redis.close();
  }

  private HotKeysAnswer look() throws Exception {
    Target target = Target.of("f", "g", "127.0.0.1", redis.port());
    try (Exchange exchange = connector.connect(target).get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      return new HotKeysLook(exchange, KEYS, OptionalLong.of(hotKeys.nowMillis()), timers)
          .run()
          .get(3 * LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void someoneStarts(String... more) {
    String first = "START METRICS 1 CPU";
    String all = more.length == 0 ? first : first + " " + String.join(" ", more);
    assertThat(hotKeys.answer(List.of(all.split(" ", -1)))).isEqualTo(DocumentedHotKeys.OK);
  }

  @Test
  void startsReadsAndLeavesNothingBehind() throws Exception {
    HotKeysAnswer answer = look();
    assertThat(answer.end()).isEqualTo(HotKeysEnd.TOLD);
    assertThat(answer.session())
        .hasValueSatisfying(
            session -> {
              assertThat(session.active()).isFalse();
              assertThat(session.durationMillis()).hasValue(10_000);
              assertThat(session.cpuMicrosByKey()).hasSize(2);
            });
    assertThat(redis.asked("HOTKEYS"))
        .containsExactly("HOTKEYS GET", START, "HOTKEYS GET", "HOTKEYS GET", "HOTKEYS RESET");
    assertThat(hotKeys.hasSession()).isFalse();
  }

  @Test
  void readsANullArrayAsNoSession() throws Exception {
    before = subcommand -> subcommand.equals("GET") && !hotKeys.hasSession() ? "*-1\r\n" : "";
    assertThat(look().end()).isEqualTo(HotKeysEnd.TOLD);
  }

  @Test
  void leavesASessionOfSomebodyElseAlone() throws Exception {
    someoneStarts();
    assertThat(look().end()).isEqualTo(HotKeysEnd.BUSY);
    assertThat(redis.asked("HOTKEYS")).containsExactly("HOTKEYS GET");
    assertThat(hotKeys.isActive()).isTrue();
  }

  /** START would replace the figures of a session that has ended. */
  @Test
  void leavesTheFiguresThatSomebodyElseHasNotReadYet() throws Exception {
    someoneStarts("DURATION", "10");
    hotKeys.advance(3_600_000);
    assertThat(look().end()).isEqualTo(HotKeysEnd.BUSY);
    assertThat(redis.asked("HOTKEYS")).containsExactly("HOTKEYS GET");
    assertThat(hotKeys.hasSession()).isTrue();
  }

  @Test
  void replacesTheFiguresThatADeadCollectorLeft() throws Exception {
    someoneStarts("DURATION", "10", "SAMPLE", "17");
    hotKeys.advance(71_000);
    assertThat(look().end()).isEqualTo(HotKeysEnd.TOLD);
    assertThat(hotKeys.hasSession()).isFalse();
  }

  @Test
  void doesNotTouchASessionThatCameFirst() throws Exception {
    before =
        subcommand -> {
          if (subcommand.equals("START")) {
            someoneStarts();
          }
          return "";
        };
    assertThat(look().end()).isEqualTo(HotKeysEnd.BUSY);
    assertThat(redis.asked("HOTKEYS RESET")).isEmpty();
    assertThat(redis.asked("HOTKEYS STOP")).isEmpty();
    assertThat(hotKeys.isActive()).isTrue();
  }

  @Test
  void doesNotTakeAnothersSessionForItsOwn() throws Exception {
    before =
        subcommand -> {
          if (subcommand.equals("GET") && redis.asked(START).size() == 1 && !hotKeys.isActive()) {
            hotKeys.answer(List.of("RESET"));
            someoneStarts("SAMPLE", "17", "DURATION", "10");
          }
          return "";
        };
    HotKeysAnswer answer = look();
    assertThat(answer).isEqualTo(HotKeysAnswer.of(HotKeysEnd.LOST));
    assertThat(redis.asked("HOTKEYS RESET")).isEmpty();
    assertThat(hotKeys.isActive()).isTrue();
  }

  @Test
  void saysThatItsSessionIsGone() throws Exception {
    before =
        subcommand -> {
          boolean over = redis.asked(START).size() == 1 && !hotKeys.isActive();
          return subcommand.equals("GET") && over ? DocumentedHotKeys.NIL : "";
        };
    assertThat(look()).isEqualTo(HotKeysAnswer.of(HotKeysEnd.LOST));
    assertThat(redis.asked("HOTKEYS RESET")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-NOPERM User watch has no permissions to run the 'hotkeys|get' command\r\n",
        "-ERR unknown command 'HOTKEYS', with args beginning with: 'GET' \r\n"
      })
  void tellsARefusalByItsCode(String error) throws Exception {
    before = subcommand -> error;
    HotKeysAnswer answer = look();
    assertThat(answer.end()).isEqualTo(HotKeysEnd.REFUSED);
    assertThat(answer.refusal()).contains(error.substring(1, error.indexOf(' ')));
    assertThat(redis.asked("HOTKEYS")).containsExactly("HOTKEYS GET");
  }

  @Test
  void tellsWhatItReadThoughItMayNotReset() throws Exception {
    before = subcommand -> subcommand.equals("RESET") ? "-NOPERM no\r\n" : "";
    assertThat(look().end()).isEqualTo(HotKeysEnd.TOLD);
    hotKeys.advance(300_000);
    assertThat(look().end()).as("in the next slice").isEqualTo(HotKeysEnd.TOLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+OK\r\n", ":1\r\n", "*1\r\n*0\r\n", "*2\r\n$1\r\na\r\n:1\r\n"})
  void asksNothingMoreOfAServerThatAnswersSomethingElse(String reply) throws Exception {
    before = subcommand -> reply;
    assertThat(look().end()).isEqualTo(HotKeysEnd.UNREADABLE);
    assertThat(redis.asked("HOTKEYS")).containsExactly("HOTKEYS GET");
  }

  @Test
  void endsWithItsConnection() throws Exception {
    before = subcommand -> subcommand.equals("START") ? "garbage\r\n" : "";
    assertThat(look().end()).isEqualTo(HotKeysEnd.CONNECTION);
  }

  @Test
  void stopsAtOnce() throws Exception {
    Target target = Target.of("f", "g", "127.0.0.1", redis.port());
    try (Exchange exchange = connector.connect(target).get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      HotKeysLook look = new HotKeysLook(exchange, KEYS, OptionalLong.empty(), timers);
      look.stop();
      assertThat(look.run().get(1, TimeUnit.SECONDS).end()).isEqualTo(HotKeysEnd.STOPPED);
      assertThat(redis.asked("HOTKEYS START")).isEmpty();
    }
  }
}
