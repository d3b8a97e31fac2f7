package io.emberwatch.collector.clients;

import io.emberwatch.schemas.ClientFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The few clients with most of one figure; of equals the earlier. Not thread-safe. */
final class LargestClients {

  /** An address is at most a path of 108 bytes; a command and an ACL user are shorter. */
  private static final int MAX_TEXT_BYTES = 128;

  private final int count;
  private final ToLongFunction<ClientLine> figure;
  private final List<Ranked> ranked = new ArrayList<>();

  LargestClients(int count, ToLongFunction<ClientLine> figure) {
    this.count = count;
    this.figure = figure;
  }

  void add(ClientLine client) {
    long value = figure.applyAsLong(client);
    if (ranked.size() == count && (count == 0 || ranked.get(count - 1).value() >= value)) {
      return;
    }
    int at = ranked.size();
    while (at > 0 && ranked.get(at - 1).value() < value) {
      at--;
    }
    ranked.add(at, new Ranked(value, facts(client)));
    if (ranked.size() > count) {
      ranked.remove(count);
    }
  }

  /** Largest first. */
  List<ClientFacts> told() {
    return ranked.stream().map(Ranked::client).toList();
  }

  static ClientFacts facts(ClientLine client) {
    ClientFacts facts = new ClientFacts();
    facts.setId(optionalNumber(client, ClientField.ID));
    facts.setAddress(client.text(ClientField.ADDRESS, MAX_TEXT_BYTES));
    facts.setName(client.text(ClientField.NAME, GroupKey.MAX_BYTES));
    facts.setUser(optionalText(client, ClientField.USER));
    facts.setLibrary(optionalText(client, ClientField.LIBRARY));
    facts.setLibraryVersion(optionalText(client, ClientField.LIBRARY_VERSION));
    facts.setCommand(client.text(ClientField.COMMAND, MAX_TEXT_BYTES));
    facts.setFlags(client.text(ClientField.FLAGS, MAX_TEXT_BYTES));
    facts.setDb(client.number(ClientField.DB));
    facts.setAgeSeconds(client.number(ClientField.AGE));
    facts.setIdleSeconds(client.number(ClientField.IDLE));
    facts.setMemoryBytes(optionalNumber(client, ClientField.MEMORY));
    facts.setOutputBufferBytes(client.number(ClientField.OUTPUT_BUFFER));
    facts.setQueryBufferBytes(client.number(ClientField.QUERY_BUFFER));
    return facts;
  }

  private static @Nullable Long optionalNumber(ClientLine client, ClientField field) {
    return client.has(field) ? client.number(field) : null;
  }

  private static @Nullable String optionalText(ClientLine client, ClientField field) {
    return client.has(field) ? client.text(field, MAX_TEXT_BYTES) : null;
  }

  private record Ranked(long value, ClientFacts client) {}
}
