package io.emberwatch.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Many Redis servers that answer PING, CLIENT and INFO and refuse the rest, each on a loopback port
 * of its own, all on one thread.
 */
final class FakeRedisFleet implements AutoCloseable {

  private static final byte[] PONG = "+PONG\r\n".getBytes(US_ASCII);
  private static final byte[] OK = "+OK\r\n".getBytes(US_ASCII);
  private static final byte[] UNKNOWN = "-ERR unknown command\r\n".getBytes(US_ASCII);
  private static final int MAX_REQUEST_BYTES = 1 << 16;

  private final Selector selector;
  private final List<ServerSocketChannel> servers = new ArrayList<>();
  private final byte[] info;
  private final Thread thread = new Thread(this::serve, "fake-redis");
  private volatile boolean closed;

  private FakeRedisFleet(int count) throws IOException {
    this.selector = Selector.open();
    this.info = info();
    for (int i = 0; i < count; i++) {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      servers.add(server);
    }
    thread.setDaemon(true);
    thread.start();
  }

  static FakeRedisFleet start(int count) {
    try {
      return new FakeRedisFleet(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Integer> ports() {
    return servers.stream().map(server -> server.socket().getLocalPort()).toList();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private static byte[] info() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            FakeRedisFleet.class.getResourceAsStream("/info/redis-7.0.15/primary-info.txt"))) {
      byte[] text = file.readAllBytes();
      ByteArrayOutputStream bulk = new ByteArrayOutputStream();
      bulk.writeBytes(("$" + text.length + "\r\n").getBytes(US_ASCII));
      bulk.writeBytes(text);
      bulk.writeBytes("\r\n".getBytes(US_ASCII));
      return bulk.toByteArray();
    }
  }

  private void serve() {
    while (!closed) {
      try {
        selector.select(this::ready);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MAX_REQUEST_BYTES));
      } else {
        answer((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
      }
    } catch (IOException gone) {
      key.cancel();
      closeQuietly(key);
    }
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(SocketChannel client, ByteBuffer requests) throws IOException {
    if (client.read(requests) < 0) {
      throw new IOException("closed by the client");
    }
    requests.flip();
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    int read = requests.position();
    for (String command = next(requests); command != null; command = next(requests)) {
      read = requests.position();
      replies.writeBytes(reply(command));
    }
    requests.position(read);
    requests.compact();
    ByteBuffer out = ByteBuffer.wrap(replies.toByteArray());
    while (out.hasRemaining()) {
      // Some KB into an empty socket buffer: it never waits long.
      client.write(out);
    }
  }

  private byte[] reply(String command) {
    return switch (command.toLowerCase(Locale.ROOT)) {
      case "ping" -> PONG;
      case "info" -> info;
      case "client" -> OK;
      default -> UNKNOWN;
    };
  }

  /** The name of the next command, or null while it is not there whole. */
  private static @Nullable String next(ByteBuffer in) {
    String count = line(in);
    if (count == null) {
      return null;
    }
    String name = null;
    for (int i = 0; i < Integer.parseInt(count.substring(1)); i++) {
      String length = line(in);
      if (length == null || in.remaining() < Integer.parseInt(length.substring(1)) + 2) {
        return null;
      }
      byte[] word = new byte[Integer.parseInt(length.substring(1))];
      in.get(word);
      in.position(in.position() + 2);
      name = name == null ? new String(word, UTF_8) : name;
    }
    return name;
  }

  private static @Nullable String line(ByteBuffer in) {
    for (int end = in.position(); end + 1 < in.limit(); end++) {
      if (in.get(end) == '\r' && in.get(end + 1) == '\n') {
        byte[] line = new byte[end - in.position()];
        in.get(line);
        in.position(end + 2);
        return new String(line, US_ASCII);
      }
    }
    return null;
  }
}
