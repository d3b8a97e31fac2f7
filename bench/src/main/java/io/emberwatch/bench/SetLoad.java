package io.emberwatch.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Pipelined SETs at a steady rate over one connection: each is one keyspace event of a class. */
final class SetLoad implements AutoCloseable {

  private static final int PREFIXES = 50;
  private static final int BATCHES = 20;
  private static final int OK_BYTES = "+OK\r\n".length();

  private final Socket socket = new Socket();
  private final byte[][] batches = new byte[BATCHES][];
  private final int batch;
  private final byte[] replies;

  SetLoad(String host, int port, int batch) throws IOException {
    this.batch = batch;
    this.replies = new byte[batch * OK_BYTES];
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = commands(i * batch);
    }
    socket.connect(new InetSocketAddress(host, port), 5_000);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  /** Sends for this long. Returns how many, or as many as the server could take. */
  long run(int ratePerSecond, Duration length) throws IOException {
    InputStream in = socket.getInputStream();
    long startNanos = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() - startNanos < length.toNanos()) {
      socket.getOutputStream().write(batches[(int) (sent / batch % BATCHES)]);
      in.readNBytes(replies, 0, replies.length);
      sent += batch;
      long dueNanos = startNanos + sent * 1_000_000_000L / ratePerSecond;
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
    }
    return sent;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] commands(int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < from + batch; i++) {
      String key = "prefix" + i % PREFIXES + ":user:" + i;
      out.writeBytes(
          ("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$1\r\nx\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
