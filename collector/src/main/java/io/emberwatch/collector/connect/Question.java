package io.emberwatch.collector.connect;

import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command that is answered by an array.
 *
 * @param arguments as bytes, since names in a server need not be text
 */
public record Question(ProtocolKeyword command, List<byte[]> arguments) {

  public Question {
    arguments = List.copyOf(arguments);
  }

  /** A command whose arguments are text. */
  public static Question of(ProtocolKeyword command, String... arguments) {
    return new Question(
        command,
        List.of(arguments).stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList());
  }
}
