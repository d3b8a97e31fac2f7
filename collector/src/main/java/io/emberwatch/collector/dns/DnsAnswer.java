package io.emberwatch.collector.dns;

import io.emberwatch.collector.target.ServerAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What DNS says of one name.
 *
 * @param addresses may be empty
 * @param fault why some or all of the answer is missing; empty when it is whole, which an answer
 *     without addresses can be
 */
public record DnsAnswer(Set<ServerAddress> addresses, Optional<String> fault) {

  public DnsAnswer {
    addresses = Set.copyOf(addresses);
  }

  /** This answer and that to another question about the same name. */
  DnsAnswer and(DnsAnswer other) {
    Set<ServerAddress> all = new LinkedHashSet<>(addresses);
    all.addAll(other.addresses);
    return new DnsAnswer(all, fault.or(() -> other.fault));
  }
}
