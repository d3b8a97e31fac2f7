package io.emberwatch.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Something that accepts connections and is no Redis. */
final class HostileServer implements AutoCloseable {

  /** What it does with a connection until that fails. */
  interface Behaviour {
    void talk(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  HostileServer(Behaviour behaviour) {
    try {
      socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(() -> accept(behaviour));
  }

  /** Never answers. */
  static HostileServer silent() {
    return new HostileServer(out -> {});
  }

  /** Sends a reply that never ends, as fast as it is read. */
  static HostileServer endless() {
    return new HostileServer(
        out -> {
          out.write("$536870912\r\n".getBytes(StandardCharsets.UTF_8));
          byte[] block = new byte[1 << 16];
          while (true) {
            out.write(block);
          }
        });
  }

  /** Answers in another protocol. */
  static HostileServer garbage() {
    return new HostileServer(
        out -> {
          out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
        });
  }

  /** Sends a well-formed reply, a byte every 50 ms: there is always something to read. */
  static HostileServer trickling() {
    return new HostileServer(
        out -> {
          out.write("$100000\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write('#');
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
          }
        });
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : accepted) {
      connection.close();
    }
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        Socket connection = socket.accept();
        accepted.add(connection);
        start(() -> talk(connection, behaviour));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void talk(Socket connection, Behaviour behaviour) {
    try {
      // A server speaks after it was asked.
      if (connection.getInputStream().read() >= 0) {
        behaviour.talk(connection.getOutputStream());
      }
    } catch (IOException | InterruptedException closed) {
      // The collector hung up, as it should.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "hostile");
    thread.setDaemon(true);
    thread.start();
  }
}
