package io.emberwatch.collector.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.schemas.ClientCensus;
import io.emberwatch.schemas.ClientGroup;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Laws of the census, on anything that a server could send. */
final class ClientListPropertyTest {

  @Property(tries = 300)
  void acceptsAnyBytes(@ForAll byte[] reply) {
    assertThat(ClientListReader.read(reply, 3).getClients()).isNotNegative();
  }

  /** Every client is in one group of each array, so no cap loses one. */
  @Property(tries = 100)
  void countsEveryClientOnceInEachArray(
      @ForAll @Size(max = 200) List<@StringLength(max = 80) String> names) {
    StringBuilder reply = new StringBuilder();
    names.forEach(name -> reply.append("addr=h:1 name=").append(name).append(" flags=N\n"));
    ClientCensus census = ClientListReader.read(reply.toString().getBytes(UTF_8), 3);
    assertThat(sum(census.getByName())).isEqualTo(census.getClients());
    assertThat(sum(census.getByAddress())).isEqualTo(census.getClients());
    assertThat(sum(census.getByDb())).isEqualTo(census.getClients());
    assertThat(sum(census.getByClass())).isEqualTo(census.getClients());
    assertThat(census.getClients() + census.getOwnClients() + census.getUnreadableLines())
        .isLessThanOrEqualTo(reply.chars().filter(c -> c == '\n').count());
  }

  private static long sum(List<ClientGroup> groups) {
    return groups.stream().mapToLong(ClientGroup::getClients).sum();
  }
}
