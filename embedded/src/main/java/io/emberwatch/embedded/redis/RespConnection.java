package io.emberwatch.embedded.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plain connection that speaks RESP2 to Redis: one command, one reply. Enough for tests, for
 * fault injection and to see whether a server answers. Not safe for use by several threads.
 */
public final class RespConnection implements AutoCloseable {
  private static final int MAX_DEPTH = 16;
  private static final byte[] CRLF = {'\r', '\n'};

  private final Socket socket;
  private final InputStream in;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** An error reply of the server; the message is its text, such as {@code NOAUTH ...}. */
  public static final class RespError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RespError(String message) {
      super(message);
    }
  }

  /**
   * Connects.
   *
   * @param timeout bound on the connect and on each wait for bytes of a reply
   */
  public static RespConnection open(String host, int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      socket.setTcpNoDelay(true);
      return new RespConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a command whose arguments are UTF-8 text; see {@link #call(List)}. */
  public @Nullable Object call(String... arguments) throws IOException {
    return call(Arrays.stream(arguments).map(a -> a.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /**
   * Sends a command and reads its reply.
   *
   * @return String (simple or bulk, as UTF-8), Long, List of replies (a nested error is a {@link
   *     RespError} in it), or null
   * @throws RespError when the reply is an error
   */
  public @Nullable Object call(List<byte[]> arguments) throws IOException {
    send(arguments);
    return read();
  }

  /** Sends a command whose reply must be text. */
  public String text(String... arguments) throws IOException {
    if (call(arguments) instanceof String text) {
      return text;
    }
    throw new IOException(arguments[0] + " did not answer with text");
  }

  /** Sends a command without waiting for a reply, for example before a kill. */
  public void send(List<byte[]> arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header('*', arguments.size()));
    for (byte[] argument : arguments) {
      out.writeBytes(header('$', argument.length));
      out.writeBytes(argument);
      out.writeBytes(CRLF);
    }
    socket.getOutputStream().write(out.toByteArray());
  }

  /** Reads the next reply or pushed message; see {@link #call(List)}. */
  public @Nullable Object read() throws IOException {
    Object reply = read(0);
    if (reply instanceof RespError error) {
      throw error;
    }
    return reply;
  }

  private static byte[] header(char type, int count) {
    return (type + Integer.toString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private @Nullable Object read(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("reply nested deeper than " + MAX_DEPTH);
    }
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> new RespError(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest), depth);
      default -> throw new IOException("not a RESP2 reply: type " + (int) line.charAt(0));
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length + CRLF.length);
    if (bytes.length < length + CRLF.length) {
      throw new EOFException("connection closed inside a reply");
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> array(int size, int depth) throws IOException {
    if (size < 0) {
      return null;
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(read(depth + 1));
    }
    return elements;
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("connection closed by the server");
      }
      bytes.write(next);
      next = in.read();
    }
    String line = bytes.toString(StandardCharsets.UTF_8);
    if (line.length() < 2 || !line.endsWith("\r")) {
      throw new IOException("not a RESP line");
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
