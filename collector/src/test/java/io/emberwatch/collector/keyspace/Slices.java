package io.emberwatch.collector.keyspace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages as the connection's thread hands them over: slices of one buffer. */
record Slices(ByteBuffer bytes, int channelLength, int keyLength) {

  static Slices of(EventKind kind, String key) {
    return of(
        "__keyevent@" + kind.db() + "__:" + kind.event(), key.getBytes(StandardCharsets.UTF_8));
  }

  static Slices of(String channel, byte[] key) {
    byte[] name = channel.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(1 + name.length + key.length);
    bytes.put((byte) '$').put(name).put(key).flip();
    return new Slices(bytes, name.length, key.length);
  }

  int channel() {
    return 1;
  }

  int key() {
    return 1 + channelLength;
  }
}
