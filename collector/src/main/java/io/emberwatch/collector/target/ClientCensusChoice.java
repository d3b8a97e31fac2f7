package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigReader;

/**
 * Whether and how the clients of a target are counted: the section {@code clients}.
 *
 * @param enabled whether CLIENT LIST is asked at all
 * @param maxConnected connected clients up to which it is, 1 to {@value #MAX_CONNECTED}: the server
 *     writes one line each while it does nothing else
 * @param top clients told by themselves in each of the three orders, 0 to {@value #MAX_TOP}
 */
public record ClientCensusChoice(boolean enabled, int maxConnected, int top) {

  /** On, up to 5000 clients (1.3 MB, some 7 ms of the server's time), ten of each order. */
  public static final ClientCensusChoice DEFAULTS = new ClientCensusChoice(true, 5_000, 10);

  /** A line has some 260 bytes, and a reply above 8 MiB is cut off with its connection. */
  static final int MAX_CONNECTED = 20_000;

  /** Bounds a record: three hundred clients of 200 bytes are 60 KB. */
  static final int MAX_TOP = 100;

  public ClientCensusChoice {
    if (maxConnected < 1 || maxConnected > MAX_CONNECTED || top < 0 || top > MAX_TOP) {
      throw new IllegalArgumentException("maxConnected=%d top=%d".formatted(maxConnected, top));
    }
  }

  static ClientCensusChoice read(ConfigReader node, ClientCensusChoice above) {
    return node.optionalSection("clients")
        .map(
            clients ->
                new ClientCensusChoice(
                    clients.bool("enabled", above.enabled),
                    (int) clients.integer("max-connected", 1, MAX_CONNECTED, above.maxConnected),
                    (int) clients.integer("top", 0, MAX_TOP, above.top)))
        .orElse(above);
  }
}
