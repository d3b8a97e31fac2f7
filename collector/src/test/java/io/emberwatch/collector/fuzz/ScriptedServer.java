package io.emberwatch.collector.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers each connection with the same bytes, once it has been asked the last thing, and ends it.
 */
final class ScriptedServer implements AutoCloseable {

  private final byte[] last;
  private final ServerSocket socket;
  private volatile byte[] script = new byte[0];

  /**
   * @param last ends what is asked
   */
  ScriptedServer(String last) {
    this.last = last.getBytes(StandardCharsets.US_ASCII);
    try {
      socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  void answer(byte[] bytes) {
    script = bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Answers before all has been asked would meet no question. */
  private boolean isAsked(InputStream in) throws IOException {
    int matched = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      matched = next == last[matched] ? matched + 1 : next == last[0] ? 1 : 0;
      if (matched == last.length) {
        return true;
      }
    }
    return false;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setSoTimeout(5_000);
        if (isAsked(connection.getInputStream())) {
          connection.getOutputStream().write(script);
          connection.shutdownOutput();
          // Until the other side hangs up, lest a reset overtakes the bytes.
          connection.getInputStream().readAllBytes();
        }
      } catch (IOException next) {
        // The other side was faster, or the test is over.
      }
    }
  }
}
