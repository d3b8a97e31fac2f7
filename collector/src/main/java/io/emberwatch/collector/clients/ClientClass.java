package io.emberwatch.collector.clients;

import java.util.Locale;

/** What a connection is for, by its flags; the first that fits. */
enum ClientClass {
  MONITOR,
  PRIMARY,
  REPLICA,
  PUBSUB,
  BLOCKED,
  TRANSACTION,
  NORMAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Before 3.0 a subscriber has no flag of its own, but it has its channels. */
  static ClientClass of(ClientLine client) {
    if (client.contains(ClientField.FLAGS, 'O')) {
      return MONITOR;
    }
    if (client.contains(ClientField.FLAGS, 'M')) {
      return PRIMARY;
    }
    if (client.contains(ClientField.FLAGS, 'S')) {
      return REPLICA;
    }
    if (client.contains(ClientField.FLAGS, 'P') || isSubscribed(client)) {
      return PUBSUB;
    }
    if (client.contains(ClientField.FLAGS, 'b')) {
      return BLOCKED;
    }
    return client.contains(ClientField.FLAGS, 'x') ? TRANSACTION : NORMAL;
  }

  String label() {
    return label;
  }

  private static boolean isSubscribed(ClientLine client) {
    return client.number(ClientField.CHANNELS) > 0
        || client.number(ClientField.PATTERNS) > 0
        || client.number(ClientField.SHARD_CHANNELS) > 0;
  }
}
