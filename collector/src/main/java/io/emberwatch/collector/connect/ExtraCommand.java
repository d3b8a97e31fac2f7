package io.emberwatch.collector.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.protocol.ProtocolKeyword;

/** A command that Lettuce has no name for. */
public record ExtraCommand(String word) implements ProtocolKeyword {

  /** Valkey 8.1 and later. */
  public static final ExtraCommand COMMANDLOG = new ExtraCommand("COMMANDLOG");

  /** Redis 8.6 and later. */
  public static final ExtraCommand HOTKEYS = new ExtraCommand("HOTKEYS");

  /** Redis 4.0 and later. */
  public static final ExtraCommand MODULE = new ExtraCommand("MODULE");

  @Override
  public byte[] getBytes() {
    return word.getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return word;
  }
}
