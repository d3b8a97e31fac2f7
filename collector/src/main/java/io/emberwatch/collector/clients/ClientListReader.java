package io.emberwatch.collector.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ClientFacts;
import io.emberwatch.schemas.ClientGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reduces CLIENT LIST, of any release, to a census: one pass over the bytes, linear in the reply,
 * without an object for each client. Any bytes are accepted, nothing is thrown, and what is kept is
 * bounded. One use; not thread-safe.
 */
public final class ClientListReader {

  /** What {@code RedisConnector} calls the connections of every collector. */
  private static final String OWN = "emberwatch-";

  private static final byte[] OWN_PREFIX = OWN.getBytes(US_ASCII);

  private final ClientLine client = new ClientLine();
  private final ClientTally all = new ClientTally();
  private final ClientGroups byName = ClientGroups.by(ClientField.NAME);
  private final ClientGroups byUser = ClientGroups.by(ClientField.USER);
  private final ClientGroups byLibrary = new ClientGroups(ClientListReader::appendLibrary);
  private final ClientGroups byAddress = new ClientGroups(ClientLine::appendHostTo);
  private final ClientGroups byDb = ClientGroups.by(ClientField.DB);
  private final ClientGroups byClass =
      new ClientGroups((line, key) -> key.append(ClientClass.of(line).label()));
  private final List<ClientGroups> groups =
      List.of(byName, byUser, byLibrary, byAddress, byDb, byClass);
  private final LargestClients byMemory;
  private final LargestClients byIdle;
  private final LargestClients byAge;
  private long own;
  private long unnamed;
  private long unreadable;
  private boolean usersTold;
  private boolean librariesTold;

  private ClientListReader(int top) {
    byMemory = new LargestClients(top, ClientListReader::memory);
    byIdle = new LargestClients(top, client -> client.number(ClientField.IDLE));
    byAge = new LargestClients(top, client -> client.number(ClientField.AGE));
  }

  /**
   * Reads a whole reply.
   *
   * @param top clients told by themselves in each order, 0 or more
   * @return the census without whose, by whom and when it is
   */
  public static ClientCensus read(byte[] reply, int top) {
    ClientListReader reader = new ClientListReader(top);
    int start = 0;
    while (start < reply.length) {
      int end = start;
      while (end < reply.length && reply[end] != '\n') {
        end++;
      }
      reader.line(reply, start, end);
      start = end + 1;
    }
    return reader.census();
  }

  /** Reads one line, as ACL LOG quotes them; empty for what is no client. */
  public static Optional<ClientFacts> client(byte[] line) {
    ClientLine client = new ClientLine();
    return client.read(line, 0, line.length)
        ? Optional.of(LargestClients.facts(client))
        : Optional.empty();
  }

  /** Whether it is a collector. */
  public static boolean isOwn(ClientFacts client) {
    return client.getName().startsWith(OWN);
  }

  private void line(byte[] reply, int from, int to) {
    if (from == to) {
      return;
    }
    if (!client.read(reply, from, to)) {
      unreadable++;
    } else if (client.startsWith(ClientField.NAME, OWN_PREFIX)) {
      own++;
    } else {
      count();
    }
  }

  private void count() {
    all.add(client);
    unnamed += client.isEmpty(ClientField.NAME) ? 1 : 0;
    usersTold |= client.has(ClientField.USER);
    librariesTold |= client.has(ClientField.LIBRARY);
    for (ClientGroups group : groups) {
      group.add(client);
    }
    byMemory.add(client);
    byIdle.add(client);
    byAge.add(client);
  }

  private ClientCensus census() {
    ClientCensus census = new ClientCensus();
    census.setClients(all.clients());
    census.setOwnClients(own);
    census.setUnreadableLines(unreadable);
    census.setUnnamedClients(unnamed);
    census.setIdleClients(all.idleClients());
    census.setIdleHourClients(all.idleHourClients());
    census.setMemoryBytes(all.memory());
    census.setOutputBufferBytes(all.outputBufferBytes());
    census.setQueryBufferBytes(all.queryBufferBytes());
    census.setByName(byName.told());
    census.setByUser(toldIf(usersTold, byUser));
    census.setByLibrary(toldIf(librariesTold, byLibrary));
    census.setByAddress(byAddress.told());
    census.setByDb(byDb.told());
    census.setByClass(byClass.told());
    census.setTopByMemory(byMemory.told());
    census.setTopByIdle(byIdle.told());
    census.setTopByAge(byAge.told());
    return census;
  }

  private static @Nullable List<ClientGroup> toldIf(boolean told, ClientGroups groups) {
    return told ? groups.told() : null;
  }

  /** Before 6.2 the output buffer is the only memory that is told. */
  private static long memory(ClientLine client) {
    return client.number(
        client.has(ClientField.MEMORY) ? ClientField.MEMORY : ClientField.OUTPUT_BUFFER);
  }

  private static void appendLibrary(ClientLine client, GroupKey key) {
    client.appendTo(key, ClientField.LIBRARY);
    if (!client.isEmpty(ClientField.LIBRARY_VERSION)) {
      key.append(":");
      client.appendTo(key, ClientField.LIBRARY_VERSION);
    }
  }
}
