package io.emberwatch.bench.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a real server, and keeps its replies as they are on the wire. */
final class RawReplies implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket;
  private final InputStream in;

  RawReplies(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The whole reply to one command. */
  synchronized byte[] ask(List<String> command) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    line(request, "*" + command.size());
    for (String word : command) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      line(request, "$" + bytes.length);
      request.writeBytes(bytes);
      line(request, "");
    }
    socket.getOutputStream().write(request.toByteArray());
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    copy(reply);
    return reply.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void copy(ByteArrayOutputStream reply) throws IOException {
    String head = readLine();
    line(reply, head);
    int count = "$*".indexOf(head.charAt(0)) < 0 ? -1 : Integer.parseInt(head.substring(1));
    if (head.charAt(0) == '$' && count >= 0) {
      reply.writeBytes(in.readNBytes(count + 2));
    }
    for (int i = 0; head.charAt(0) == '*' && i < count; i++) {
      copy(reply);
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server hung up");
      }
      bytes.write(next);
    }
    String line = bytes.toString(StandardCharsets.UTF_8);
    return line.substring(0, line.length() - 1);
  }

  private static void line(ByteArrayOutputStream to, String text) {
    to.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
