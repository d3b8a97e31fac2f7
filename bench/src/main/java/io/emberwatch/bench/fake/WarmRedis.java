package io.emberwatch.bench.fake;

import io.emberwatch.embedded.redis.RedisBinary;
import io.emberwatch.embedded.redis.RedisProcess;
import io.emberwatch.embedded.redis.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * A Redis 7.0 with keys and a past: 5000 keys and 38 kinds of commands in its commandstats. On a
 * fresh server INFO ALL costs a quarter of what it costs there.
 */
public final class WarmRedis {

  private static final List<String> COMMANDS =
      List.of(
          "SET a 1",
          "GET a",
          "INCR a",
          "DECR a",
          "APPEND b x",
          "STRLEN b",
          "GETRANGE b 0 1",
          "SETEX c 3600 x",
          "TTL c",
          "EXPIRE c 7200",
          "PERSIST c",
          "EXISTS a",
          "DEL d",
          "TYPE a",
          "MSET e 1 f 2",
          "MGET e f",
          "LPUSH l 1",
          "RPUSH l 2",
          "LRANGE l 0 -1",
          "LLEN l",
          "LPOP l",
          "SADD s 1",
          "SCARD s",
          "SMEMBERS s",
          "SISMEMBER s 1",
          "HSET h f 1",
          "HGET h f",
          "HGETALL h",
          "HLEN h",
          "ZADD z 1 m",
          "ZCARD z",
          "ZRANGE z 0 -1",
          "ZSCORE z m",
          "PFADD p 1",
          "PFCOUNT p",
          "SETBIT q 1 1",
          "GETBIT q 1");

  private static final String FILL =
      "for i = 1, 5000 do redis.call('set', 'key:' .. i, 'value:' .. i) end";

  private static final int REPEATS = 20;

  private WarmRedis() {}

  /** A new one on a free port. */
  public static RedisProcess start() {
    RedisProcess redis = RedisProcess.builder().binary(RedisBinary.redis70()).start();
    try (RespConnection connection = redis.connect(Duration.ofSeconds(10))) {
      connection.call("EVAL", FILL, "0");
      for (int i = 0; i < REPEATS; i++) {
        for (String command : COMMANDS) {
          connection.call(command.split(" "));
        }
      }
      return redis;
    } catch (IOException e) {
      redis.close();
      throw new UncheckedIOException(e);
    }
  }
}
