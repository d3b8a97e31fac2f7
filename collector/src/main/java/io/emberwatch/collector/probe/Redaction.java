package io.emberwatch.collector.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.emberwatch.collector.connect.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be told of a slow command. Its name is; of each argument only the kind and the length:
 * {@code <int>}, {@code <text 12>}, {@code <bytes 30>}. The key's name is told only if the target
 * allows it, and only for commands that are known to take the key first. Pure.
 */
final class Redaction {

  /**
   * Commands whose first argument is a key; a list of what is safe, so the unknown stays hidden.
   */
  private static final Set<String> KEY_FIRST =
      Set.of(
          "append",
          "bitcount",
          "bitfield",
          "bitpos",
          "blpop",
          "brpop",
          "decr",
          "decrby",
          "del",
          "dump",
          "exists",
          "expire",
          "expireat",
          "geoadd",
          "geodist",
          "geohash",
          "geopos",
          "georadius",
          "geosearch",
          "get",
          "getbit",
          "getdel",
          "getex",
          "getrange",
          "getset",
          "hdel",
          "hexists",
          "hget",
          "hgetall",
          "hincrby",
          "hkeys",
          "hlen",
          "hmget",
          "hmset",
          "hrandfield",
          "hscan",
          "hset",
          "hsetnx",
          "hstrlen",
          "hvals",
          "incr",
          "incrby",
          "incrbyfloat",
          "lindex",
          "linsert",
          "llen",
          "lpop",
          "lpos",
          "lpush",
          "lpushx",
          "lrange",
          "lrem",
          "lset",
          "ltrim",
          "mget",
          "mset",
          "msetnx",
          "persist",
          "pexpire",
          "pexpireat",
          "pfadd",
          "pfcount",
          "psetex",
          "pttl",
          "rename",
          "restore",
          "rpop",
          "rpush",
          "rpushx",
          "sadd",
          "scard",
          "sdiff",
          "sdiffstore",
          "set",
          "setbit",
          "setex",
          "setnx",
          "setrange",
          "sinter",
          "sinterstore",
          "sismember",
          "smembers",
          "smismember",
          "smove",
          "sort",
          "spop",
          "srandmember",
          "srem",
          "sscan",
          "strlen",
          "sunion",
          "sunionstore",
          "touch",
          "ttl",
          "type",
          "unlink",
          "xack",
          "xadd",
          "xautoclaim",
          "xclaim",
          "xdel",
          "xlen",
          "xpending",
          "xrange",
          "xrevrange",
          "xtrim",
          "zadd",
          "zcard",
          "zcount",
          "zincrby",
          "zlexcount",
          "zpopmax",
          "zpopmin",
          "zrandmember",
          "zrange",
          "zrangebylex",
          "zrangebyscore",
          "zrangestore",
          "zrank",
          "zrem",
          "zremrangebyrank",
          "zremrangebyscore",
          "zrevrange",
          "zrevrangebyscore",
          "zrevrank",
          "zscan",
          "zscore",
          "zunionstore");

  private static final int MAX_KEY_BYTES = 128;

  /** No command's name is longer; a longer word is someone's data sent as a command. */
  private static final Pattern COMMAND_WORD = Pattern.compile("[a-z][a-z0-9_.\\-]{0,39}");

  /** How Redis cuts a long argument. */
  private static final Pattern CUT = Pattern.compile("\\.\\.\\. \\((\\d{1,18}) more bytes\\)$");

  /** How Redis cuts a long list of arguments. */
  private static final Pattern MORE = Pattern.compile("\\.\\.\\. \\(\\d{1,18} more arguments\\)");

  private Redaction() {}

  /** Command in lower case; a subcommand as {@code container|subcommand}. */
  static String command(List<byte[]> arguments) {
    String command = word(arguments, 0);
    String subcommand = Containers.contains(command) ? word(arguments, 1) : "";
    return subcommand.isEmpty() ? command : command + "|" + subcommand;
  }

  /** The arguments after the command, redacted. */
  static List<String> arguments(List<byte[]> arguments, boolean keyNamesAllowed) {
    List<String> redacted = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i++) {
      boolean isKey = i == 1 && KEY_FIRST.contains(word(arguments, 0));
      redacted.add(isKey && keyNamesAllowed ? key(arguments.get(i)) : kind(arguments.get(i)));
    }
    return redacted;
  }

  private static String word(List<byte[]> arguments, int index) {
    if (index >= arguments.size()) {
      return "";
    }
    String word = new String(arguments.get(index), UTF_8).toLowerCase(Locale.ROOT);
    return COMMAND_WORD.matcher(word).matches() ? word : "unknown";
  }

  private static String key(byte[] argument) {
    return argument.length <= MAX_KEY_BYTES ? new String(argument, UTF_8) : kind(argument);
  }

  private static String kind(byte[] argument) {
    String text = new String(argument, ISO_8859_1);
    if (MORE.matcher(text).matches()) {
      return text;
    }
    if (text.matches("-?\\d{1,19}")) {
      return "<int>";
    }
    long length = text.length();
    Matcher cut = CUT.matcher(text);
    if (cut.find()) {
      length = cut.start() + Long.parseLong(cut.group(1));
    }
    boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    return (printable ? "<text " : "<bytes ") + length + ">";
  }
}
