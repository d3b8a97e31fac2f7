package io.emberwatch.collector.discover;

import io.emberwatch.schemas.SentinelMaster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one sentinel says of one primary. Sentinels may differ: one was cut off, or has not heard of
 * a failover yet. The highest config_epoch is believed, since each failover raises it; among equals
 * the address that most of them name. Pure.
 */
record SentinelClaim(SentinelAnswer by, SentinelMaster master) {

  /** Becomes a part of instance ids. Sentinels allow no others either. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** The claims about each wanted primary, by its name, those to believe first. */
  static Map<String, List<SentinelClaim>> byName(
      List<SentinelAnswer> answers, Predicate<String> wanted) {
    Map<String, List<SentinelClaim>> claims = new TreeMap<>();
    for (SentinelAnswer answer : answers) {
      for (SentinelMaster master : answer.masters()) {
        if (master.getAddress() != null
            && NAME.matcher(master.getName()).matches()
            && wanted.test(master.getName())) {
          claims
              .computeIfAbsent(master.getName(), any -> new ArrayList<>())
              .add(new SentinelClaim(answer, master));
        }
      }
    }
    claims.values().forEach(SentinelClaim::sort);
    return claims;
  }

  /** {@code host:port} of the primary. */
  String address() {
    return String.valueOf(master.getAddress());
  }

  /** Whether both say the same of the same configuration. */
  boolean agreesWith(SentinelClaim other) {
    return epoch() == other.epoch() && address().equals(other.address());
  }

  private static void sort(List<SentinelClaim> claims) {
    Map<String, Integer> votes = new HashMap<>();
    claims.forEach(claim -> votes.merge(claim.epoch() + " " + claim.address(), 1, Integer::sum));
    claims.sort(
        Comparator.comparingLong(SentinelClaim::epoch)
            .thenComparingInt(claim -> votes.get(claim.epoch() + " " + claim.address()))
            .reversed()
            .thenComparing(SentinelClaim::address)
            .thenComparing(claim -> claim.by.asked().canonical()));
  }

  private long epoch() {
    @Nullable Long epoch = master.getConfigEpoch();
    return epoch == null ? -1 : epoch;
  }
}
