package io.emberwatch.alerter.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An HTTP server that may misbehave in every byte. Each request is answered by its script. */
final class RawServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytesWritten = new AtomicLong();

  private RawServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static RawServer answering(Script script) throws IOException {
    return new RawServer(script);
  }

  /** Answers with these lines, headers first. */
  static RawServer saying(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    return new RawServer(out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/hook");
  }

  int requests() {
    return requests.get();
  }

  /** Bytes of answers that the other side's system took. */
  long bytesWritten() {
    return bytesWritten.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(socket.getInputStream());
      requests.incrementAndGet();
      script.answer(new Counted(socket.getOutputStream()));
    } catch (IOException hungUp) {
      // The client's right: the test looks at what it made of it.
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int start = lower.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(lower.substring(start, lower.indexOf('\r', start))));
  }

  /** Writes an answer, as much and as slowly as it likes. */
  interface Script {
    void answer(OutputStream out) throws IOException;
  }

  private final class Counted extends OutputStream {

    private final OutputStream out;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      bytesWritten.addAndGet(length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
