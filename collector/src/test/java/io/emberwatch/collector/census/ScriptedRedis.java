package io.emberwatch.collector.census;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers each command with the bytes that a script has for it, and remembers what was asked. */
final class ScriptedRedis implements AutoCloseable {

  private final ServerSocket socket;
  private final Function<List<String>, String> script;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * @param script from the words of a command to its reply in RESP, a character for each byte; an
   *     empty one hangs up
   */
  ScriptedRedis(Function<List<String>, String> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** A text as a bulk string. */
  static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Commands that begin with this word, their words parted by blanks. */
  List<String> asked(String word) {
    return asked.stream().filter(line -> line.startsWith(word)).toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(connection.getInputStream()));
      while (true) {
        int words = Integer.parseInt(line(in).substring(1));
        List<String> command = new ArrayList<>();
        for (int i = 0; i < words; i++) {
          byte[] word = new byte[Integer.parseInt(line(in).substring(1))];
          in.readFully(word);
          line(in);
          command.add(new String(word, ISO_8859_1));
        }
        asked.add(String.join(" ", command));
        String reply = script.apply(command);
        if (reply.isEmpty()) {
          return;
        }
        connection.getOutputStream().write(reply.getBytes(ISO_8859_1));
      }
    } catch (IOException gone) {
      // The collector hung up.
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-redis");
    thread.setDaemon(true);
    thread.start();
  }
}
