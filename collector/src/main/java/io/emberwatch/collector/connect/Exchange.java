package io.emberwatch.collector.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.schemas.TargetState;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server. Commands are pipelined in the order of their sending; a future
 * completes with an outcome, never with an exception, and on one of the few I/O threads: do not
 * block in its stages. Thread-safe.
 */
public final class Exchange implements AutoCloseable {

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final TlsHandshake handshake;
  private final AtomicReference<@Nullable Broken> broken = new AtomicReference<>();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  Exchange(StatefulRedisConnection<byte[], byte[]> connection, TlsHandshake handshake) {
    this.connection = connection;
    this.handshake = handshake;
  }

  /** When the certificate ends that the server showed; empty for a plain connection. */
  public Optional<Instant> certificateNotAfter() {
    return handshake.certificateNotAfter();
  }

  /** Asks for a simple or bulk reply. */
  public CompletableFuture<ProbeOutcome<byte[]>> bytes(
      ProtocolKeyword command, String... arguments) {
    return send(command, new BytesOutput(), arguments);
  }

  /** Asks for an array; elements are byte[], Long, lists of these, or null. */
  public CompletableFuture<ProbeOutcome<List<Object>>> list(
      ProtocolKeyword command, String... arguments) {
    return send(command, new ListOutput(), arguments);
  }

  /**
   * Asks in another database, and comes back to database 0 in the same write, so that no other
   * command is answered from there. Where the server does not let us in, each outcome says why. A
   * connection that cannot come back is closed.
   *
   * @param db 0 or more
   * @return an outcome for each question, in their order
   */
  public CompletableFuture<List<ProbeOutcome<List<Object>>>> inDatabase(
      int db, List<Question> questions) {
    Pending<byte[]> there = pending(select(db), new BytesOutput());
    List<Pending<List<Object>>> asked =
        questions.stream().map(question -> pending(question, new ListOutput())).toList();
    Pending<byte[]> back = pending(select(0), new BytesOutput());
    List<Pending<?>> batch = new ArrayList<>(asked);
    if (db != 0) {
      batch.add(0, there);
      batch.add(back);
    }
    dispatch(batch);
    return CompletableFuture.allOf(
            batch.stream().map(Pending::outcome).toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              List<ProbeOutcome<List<Object>>> answers =
                  asked.stream().map(one -> one.outcome().join()).toList();
              return db == 0
                  ? answers
                  : inside(there.outcome().join(), answers, back.outcome().join());
            });
  }

  /**
   * Asks several things in one write.
   *
   * @return an outcome for each question, in their order: a byte[], a Long, or empty for nil
   */
  public List<CompletableFuture<ProbeOutcome<Optional<Object>>>> together(
      List<Question> questions) {
    List<Pending<Optional<Object>>> asked =
        questions.stream().map(question -> pending(question, new ScalarOutput())).toList();
    dispatch(List.copyOf(asked));
    return asked.stream().map(Pending::outcome).toList();
  }

  /**
   * Sends in one write what is asked meanwhile: one system call here, one wake-up of the server.
   *
   * @param questions asks on this exchange; must not wait for an answer
   */
  public <T> T inOneWrite(Supplier<T> questions) {
    connection.setAutoFlushCommands(false);
    try {
      return questions.get();
    } finally {
      // In this order: a command that comes between the two must not be left in the buffer.
      connection.setAutoFlushCommands(true);
      connection.flushCommands();
      if (!connection.isOpen()) {
        // It broke since: nobody else would tell the commands in the buffer.
        close();
      }
    }
  }

  /**
   * Subscribes to a pattern of channels; the reply is that of PSUBSCRIBE. Only for a connection of
   * {@link RedisConnector#listen}, and before Redis 7 nothing else can be asked on it afterwards.
   */
  public CompletableFuture<ProbeOutcome<List<Object>>> subscribe(
      String pattern, PushReceiver receiver) {
    return send(
        CommandType.PSUBSCRIBE,
        new ListOutput(),
        new SubscribeArgs(pattern, receiver),
        "psubscribe");
  }

  /** Calls back once when the connection has closed, from whichever side, on an I/O thread. */
  public void onClose(Runnable listener) {
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            listener.run();
          }
        });
  }

  /**
   * Commands sent so far by name, as INFO commandstats names them since 7.0: {@code info}, {@code
   * slowlog|get}.
   */
  public Map<String, Long> sent() {
    return Map.copyOf(sent);
  }

  /** Whether commands can be sent; false once either side has closed. */
  public boolean isOpen() {
    return connection.isOpen();
  }

  /** Drops the connection; commands under way fail. Idempotent, returns at once. */
  @Override
  public void close() {
    CompletableFuture<Void> unused = connection.closeAsync();
  }

  private List<ProbeOutcome<List<Object>>> inside(
      ProbeOutcome<byte[]> there,
      List<ProbeOutcome<List<Object>>> answers,
      ProbeOutcome<byte[]> back) {
    if (there instanceof Answered) {
      if (!(back instanceof Answered)) {
        close();
      }
      return answers;
    }
    // They were answered from database 0.
    return answers.stream().map(ignored -> there.map(ok -> List.of())).toList();
  }

  private static Question select(int db) {
    return Question.of(CommandType.SELECT, Integer.toString(db));
  }

  private <T> Pending<T> pending(Question question, CommandOutput<byte[], byte[], T> output) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    question.arguments().forEach(args::add);
    AsyncCommand<byte[], byte[], T> command =
        new AsyncCommand<>(new Command<>(question.command(), output, args));
    long sentNanos = System.nanoTime();
    return new Pending<>(
        question, command, command.handle((value, fault) -> outcome(value, fault, sentNanos)));
  }

  private void dispatch(List<Pending<?>> batch) {
    List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();
    for (Pending<?> one : batch) {
      commands.add(one.command());
      String[] first =
          one.question().arguments().stream()
              .limit(1)
              .map(argument -> new String(argument, US_ASCII))
              .toArray(String[]::new);
      sent.merge(name(one.question().command(), first), 1L, Long::sum);
    }
    try {
      connection.dispatch(commands);
    } catch (RuntimeException closed) {
      commands.forEach(command -> command.completeExceptionally(closed));
    }
  }

  private <T> CompletableFuture<ProbeOutcome<T>> send(
      ProtocolKeyword command, CommandOutput<byte[], byte[], T> output, String... arguments) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    for (String argument : arguments) {
      args.add(argument);
    }
    return send(command, output, args, name(command, arguments));
  }

  private <T> CompletableFuture<ProbeOutcome<T>> send(
      ProtocolKeyword command,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> args,
      String name) {
    sent.merge(name, 1L, Long::sum);
    long sentNanos = System.nanoTime();
    try {
      return connection
          .async()
          .dispatch(command, output, args)
          .toCompletableFuture()
          .handle((value, fault) -> outcome(value, fault, sentNanos));
    } catch (RuntimeException closed) {
      return CompletableFuture.completedFuture(outcome(output.get(), closed, sentNanos));
    }
  }

  private static String name(ProtocolKeyword command, String... arguments) {
    String word = new String(command.getBytes(), US_ASCII).toLowerCase(Locale.ROOT);
    return arguments.length > 0 && Containers.contains(word)
        ? word + "|" + arguments[0].toLowerCase(Locale.ROOT)
        : word;
  }

  /** What broke a connection is told to the first command; the others are told why, too. */
  private <T> ProbeOutcome<T> outcome(T value, @Nullable Throwable fault, long sentNanos) {
    if (fault == null) {
      return new Answered<>(value, (System.nanoTime() - sentNanos) / 1000);
    }
    ProbeOutcome<T> outcome = Faults.ofCommand(handshake.explain(fault));
    if (!(outcome instanceof Failed<T> failed)) {
      return outcome;
    }
    broken.compareAndSet(null, new Broken(failed.state(), failed.error()));
    Broken first = broken.get();
    return first == null ? failed : new Failed<>(first.state(), first.error());
  }

  private record Pending<T>(
      Question question,
      AsyncCommand<byte[], byte[], T> command,
      CompletableFuture<ProbeOutcome<T>> outcome) {}

  private record Broken(TargetState state, String error) {}
}
