package io.emberwatch.runtime.admin;

import io.emberwatch.runtime.config.ConfigReader;

/**
 * Where the admin endpoint listens.
 *
 * @param host an address or name of this machine; loopback unless told otherwise
 * @param port 0 takes a free one
 * @param threads how many requests are answered at once, 1 to 64
 */
public record AdminSettings(String host, int port, int threads) {

  /** A scrape and two probes at once; a fourth client waits. */
  private static final int DEFAULT_THREADS = 3;

  /** Keys {@code host}, {@code port} and {@code threads}, all optional. */
  public static AdminSettings read(ConfigReader section) {
    return new AdminSettings(
        section.string("host", "127.0.0.1"),
        (int) section.integer("port", 0, 65_535, 0),
        (int) section.integer("threads", 1, 64, DEFAULT_THREADS));
  }

  /** Loopback on a free port, for a service inside another process and for tests. */
  public static AdminSettings loopback() {
    return new AdminSettings("127.0.0.1", 0, DEFAULT_THREADS);
  }
}
