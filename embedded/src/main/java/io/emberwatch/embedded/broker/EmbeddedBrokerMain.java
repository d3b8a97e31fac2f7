package io.emberwatch.embedded.broker;

import java.nio.file.Path;

/**
 * The embedded broker as its own process, so that it can be killed without its clients. Arguments:
 * the data folder, and optionally the port. It runs until the process gets a signal.
 */
public final class EmbeddedBrokerMain {
  private EmbeddedBrokerMain() {}

  /** Starts the broker; returns when it answers, and leaves it running. */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      throw new IllegalArgumentException("arguments: <data folder> [<port>]");
    }
    int port = args.length == 2 ? Integer.parseInt(args[1]) : 0;
    EmbeddedBroker broker =
        EmbeddedBroker.start(EmbeddedBroker.Settings.in(Path.of(args[0])).withPort(port));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "embedded-broker-shutdown"));
  }
}
