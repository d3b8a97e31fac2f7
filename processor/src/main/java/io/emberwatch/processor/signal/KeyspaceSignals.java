package io.emberwatch.processor.signal;

import static io.emberwatch.processor.signal.PairedSample.orZero;
import static io.emberwatch.processor.signal.PairedSample.share;

import io.emberwatch.processor.state.Counters;
import io.emberwatch.schemas.DbStats;
import io.emberwatch.schemas.Signals;
import java.util.List;

/** Keys, and how many of them expire. Source: INFO keyspace and stats. */
final class KeyspaceSignals {

  private KeyspaceSignals() {}

  static void write(PairedSample seen, Signals into) {
    into.setExpireRate(seen.rate(Counters::getExpiredKeys));
    List<DbStats> databases = seen.sample().getKeyspace();
    if (databases != null) {
      long keys = databases.stream().mapToLong(db -> orZero(db.getKeys())).sum();
      long expires = databases.stream().mapToLong(db -> orZero(db.getExpires())).sum();
      into.setKeys(keys);
      into.setTtlCover(share(expires, keys));
    }
  }
}
