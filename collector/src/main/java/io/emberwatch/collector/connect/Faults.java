package io.emberwatch.collector.connect;

import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.connect.ProbeOutcome.TimedOut;
import io.emberwatch.runtime.config.ConfigException;
import io.emberwatch.schemas.TargetState;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.protocol.RedisProtocolException;
import java.net.ConnectException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what Lettuce, Netty and the server report into outcomes and states. Pure. */
public final class Faults {

  /** Characters of an error text that are kept; a server's message may quote anything. */
  static final int MAX_TEXT = 200;

  /** A server that does not know AUTH (renamed, an old sentinel) quotes the password after this. */
  private static final String QUOTED_ARGUMENTS = ", with args beginning with";

  private Faults() {}

  /** Outcome of a command that completed with this exception. */
  static <T> ProbeOutcome<T> ofCommand(Throwable fault) {
    RedisCommandExecutionException refusal = find(fault, RedisCommandExecutionException.class);
    if (refusal != null) {
      String text = line(refusal.getMessage());
      return new Refused<>(code(text), text);
    }
    if (isTimeout(fault)) {
      return new TimedOut<>();
    }
    return new Failed<>(stateOfFault(fault), describe(fault));
  }

  /** Outcome of a connect that completed with this exception. */
  public static <T> ProbeOutcome<T> ofConnect(Throwable fault) {
    RedisCommandExecutionException refusal = find(fault, RedisCommandExecutionException.class);
    if (refusal != null) {
      String text = line(refusal.getMessage());
      return new Failed<>(stateOfLogin(code(text), text), text);
    }
    if (isTimeout(fault)) {
      return new TimedOut<>();
    }
    return new Failed<>(stateOfFault(fault), describe(fault));
  }

  /** What an error reply to a probe that every server allows says about the server. */
  public static TargetState stateOfRefusal(String code) {
    return switch (code) {
      case "LOADING" -> TargetState.LOADING;
      case "BUSY" -> TargetState.BUSY;
      case "MASTERDOWN" -> TargetState.MASTER_DOWN;
      case "NOAUTH", "WRONGPASS", "NOPERM" -> TargetState.AUTH_FAILED;
      default -> TargetState.PROTOCOL_ERROR;
    };
  }

  /** Before 6.0 every refused login begins with ERR; so does the refusal of one client too many. */
  private static TargetState stateOfLogin(String code, String text) {
    if (code.equals("ERR")) {
      return text.contains("max number of clients")
          ? TargetState.UNREACHABLE
          : TargetState.AUTH_FAILED;
    }
    return stateOfRefusal(code);
  }

  private static TargetState stateOfFault(Throwable fault) {
    if (find(fault, ConfigException.class) != null) {
      // The password or key cannot be read: that says nothing of the server.
      return TargetState.AUTH_FAILED;
    }
    if (find(fault, SSLException.class) != null) {
      return TargetState.TLS_FAILED;
    }
    if (find(fault, RedisProtocolException.class) != null
        || find(fault, ReplyTooLongException.class) != null
        || isMisread(fault)) {
      return TargetState.PROTOCOL_ERROR;
    }
    return TargetState.UNREACHABLE;
  }

  /** What Lettuce's decoder trips over: lengths, depths and types that no Redis sends. */
  private static boolean isMisread(Throwable fault) {
    return find(fault, IndexOutOfBoundsException.class) != null
        || find(fault, NumberFormatException.class) != null
        || find(fault, UnsupportedOperationException.class) != null
        || find(fault, NullPointerException.class) != null
        || find(fault, NegativeArraySizeException.class) != null;
  }

  /** Commands that wait when a connection ends are cancelled; why is not told. */
  private static boolean isTimeout(Throwable fault) {
    return isSilence(fault) || find(fault, CancellationException.class) != null;
  }

  /** Whether time ran out, while the connection may still be good. */
  static boolean isSilence(Throwable fault) {
    return find(fault, RedisCommandTimeoutException.class) != null
        || find(fault, TimeoutException.class) != null
        || find(fault, io.netty.channel.ConnectTimeoutException.class) != null;
  }

  /** The innermost cause says most: connection refused, unknown host, certificate expired. */
  private static String describe(Throwable fault) {
    ConfigException unreadable = find(fault, ConfigException.class);
    if (unreadable != null) {
      return line(unreadable.problems().get(0).toString());
    }
    Throwable innermost = fault;
    for (int depth = 0; innermost.getCause() != null && depth < 16; depth++) {
      innermost = innermost.getCause();
    }
    String kind = innermost instanceof ConnectException ? "" : innermost.getClass().getSimpleName();
    String text = line(innermost.getMessage());
    return kind.isEmpty() ? text : line(kind + ": " + text);
  }

  private static String code(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private static String line(@Nullable String message) {
    String text = message == null ? "no detail" : message.lines().findFirst().orElse("").strip();
    int quoted = text.indexOf(QUOTED_ARGUMENTS);
    text = quoted < 0 ? text : text.substring(0, quoted);
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /** The first of this kind among a fault and its causes; null when there is none. */
  static <E extends Throwable> @Nullable E find(Throwable fault, Class<E> type) {
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
