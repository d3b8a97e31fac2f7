package io.emberwatch.bench.fake;

import io.emberwatch.embedded.redis.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a real Redis 7.0 with a busy past answers to each command: asked once, then remembered. So a
 * fake server knows whatever a collector may ask, without a list of commands.
 */
final class CapturedServer implements AutoCloseable {

  /** Collectors ask some dozens; names of clients differ. */
  private static final int MAX_REMEMBERED = 1_000;

  private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);

  private final RedisProcess redis;
  private final RawReplies connection;
  private final Map<List<String>, MovingReply> replies = new ConcurrentHashMap<>();

  CapturedServer() {
    redis = WarmRedis.start();
    try {
      connection = new RawReplies(redis.port());
    } catch (IOException e) {
      redis.close();
      throw new UncheckedIOException(e);
    }
  }

  MovingReply answer(List<String> command) {
    MovingReply known = replies.get(command);
    if (known != null) {
      return known;
    }
    if (command.size() == 3 && command.get(1).toUpperCase(Locale.ROOT).equals("SETNAME")) {
      return MovingReply.of(command, OK);
    }
    if (replies.size() >= MAX_REMEMBERED) {
      throw new IllegalStateException("asked " + MAX_REMEMBERED + " different things");
    }
    return replies.computeIfAbsent(command, this::capture);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      redis.close();
    }
  }

  private MovingReply capture(List<String> command) {
    try {
      return MovingReply.of(command, connection.ask(command));
    } catch (IOException e) {
      throw new UncheckedIOException("no reply to " + command.get(0), e);
    }
  }
}
