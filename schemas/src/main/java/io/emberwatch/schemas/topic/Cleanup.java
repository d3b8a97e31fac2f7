package io.emberwatch.schemas.topic;

/** How a topic forgets: Kafka's {@code cleanup.policy}. */
public enum Cleanup {
  /** Records older than the retention are deleted. */
  DELETE("delete", "retention.ms"),
  /** The latest record of each key stays; a tombstone stays for the retention. */
  COMPACT("compact", "delete.retention.ms");

  private final String policy;
  private final String retentionKey;

  Cleanup(String policy, String retentionKey) {
    this.policy = policy;
    this.retentionKey = retentionKey;
  }

  /** Value of {@code cleanup.policy}. */
  public String policy() {
    return policy;
  }

  /** Topic configuration key that the topic's retention sets. */
  public String retentionKey() {
    return retentionKey;
  }
}
