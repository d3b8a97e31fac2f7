package io.emberwatch.collector.connect;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;

/** Arguments of a PSUBSCRIBE, and who receives what it brings. */
final class SubscribeArgs extends CommandArgs<byte[], byte[]> {

  private final PushReceiver receiver;

  SubscribeArgs(String pattern, PushReceiver receiver) {
    super(ByteArrayCodec.INSTANCE);
    this.receiver = receiver;
    add(pattern);
  }

  PushReceiver receiver() {
    return receiver;
  }
}
