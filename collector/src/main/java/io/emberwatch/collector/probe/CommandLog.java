package io.emberwatch.collector.probe;

import io.emberwatch.collector.connect.ExtraCommand;
import io.emberwatch.schemas.SlowlogKind;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Duration;

/** The logs of commands that a server keeps. Valkey 8.1 has three, under another command. */
public enum CommandLog {
  /** SLOWLOG, of every server that has no COMMANDLOG. */
  SLOWLOG("slowlog", SlowlogKind.SLOW, "", Duration.ZERO),
  /** Slow commands of Valkey 8.1 and later. */
  SLOW("commandlog_slow", SlowlogKind.SLOW, "slow", Duration.ZERO),
  /** Commands with large requests. */
  LARGE_REQUEST(
      "commandlog_large_request",
      SlowlogKind.LARGE_REQUEST,
      "large-request",
      Duration.ofSeconds(30)),
  /** Commands with large replies. */
  LARGE_REPLY(
      "commandlog_large_reply", SlowlogKind.LARGE_REPLY, "large-reply", Duration.ofSeconds(30));

  private final String probe;
  private final SlowlogKind kind;
  private final String word;
  private final Duration cadence;

  CommandLog(String probe, SlowlogKind kind, String word, Duration cadence) {
    this.probe = probe;
    this.kind = kind;
    this.word = word;
    this.cadence = cadence;
  }

  String probe() {
    return probe;
  }

  SlowlogKind kind() {
    return kind;
  }

  Duration cadence() {
    return cadence;
  }

  boolean isOf(ServerFacts server) {
    return server.isValkey(8, 1) != (this == SLOWLOG);
  }

  ProtocolKeyword command() {
    return this == SLOWLOG ? CommandType.SLOWLOG : ExtraCommand.COMMANDLOG;
  }

  String[] arguments(int count) {
    String number = Integer.toString(count);
    return this == SLOWLOG ? new String[] {"GET", number} : new String[] {"GET", number, word};
  }

  String grant() {
    return this == SLOWLOG ? "+slowlog|get" : "+commandlog|get";
  }
}
