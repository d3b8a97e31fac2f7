package io.emberwatch.collector.clients;

import io.emberwatch.schemas.ClientGroup;
import org.jspecify.annotations.Nullable;

/** Sums over clients. Not thread-safe. */
final class ClientTally {

  /** The signal conn_leak calls a client idle from here on. */
  static final long IDLE_SECONDS = 300;

  private static final long HOUR_SECONDS = 3600;

  private long clients;
  private long idleClients;
  private long idleHourClients;
  private long maxIdleSeconds;
  private long memoryBytes;
  private boolean memoryTold;
  private long outputBufferBytes;
  private long queryBufferBytes;

  void add(ClientLine client) {
    long idleSeconds = client.number(ClientField.IDLE);
    clients++;
    idleClients += idleSeconds > IDLE_SECONDS ? 1 : 0;
    idleHourClients += idleSeconds > HOUR_SECONDS ? 1 : 0;
    maxIdleSeconds = Math.max(maxIdleSeconds, idleSeconds);
    memoryBytes += client.number(ClientField.MEMORY);
    memoryTold |= client.has(ClientField.MEMORY);
    outputBufferBytes += client.number(ClientField.OUTPUT_BUFFER);
    queryBufferBytes += client.number(ClientField.QUERY_BUFFER);
  }

  void add(ClientTally other) {
    clients += other.clients;
    idleClients += other.idleClients;
    idleHourClients += other.idleHourClients;
    maxIdleSeconds = Math.max(maxIdleSeconds, other.maxIdleSeconds);
    memoryBytes += other.memoryBytes;
    memoryTold |= other.memoryTold;
    outputBufferBytes += other.outputBufferBytes;
    queryBufferBytes += other.queryBufferBytes;
  }

  ClientGroup group(String key) {
    return new ClientGroup(
        key, clients, idleClients, maxIdleSeconds, memory(), outputBufferBytes, queryBufferBytes);
  }

  long clients() {
    return clients;
  }

  long idleClients() {
    return idleClients;
  }

  long idleHourClients() {
    return idleHourClients;
  }

  /** Null before 6.2, which does not tell it. */
  @Nullable Long memory() {
    return memoryTold ? memoryBytes : null;
  }

  long outputBufferBytes() {
    return outputBufferBytes;
  }

  long queryBufferBytes() {
    return queryBufferBytes;
  }
}
