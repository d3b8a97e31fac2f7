package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Numbered;
import io.emberwatch.collector.spool.Outgoing;
import io.emberwatch.collector.spool.Spooled;

/** A record on its way, and where it is kept meanwhile. */
sealed interface Sent {

  long number();

  Outgoing record();

  /** In memory alone. */
  record FromMemory(Numbered kept) implements Sent {
    @Override
    public long number() {
      return kept.number();
    }

    @Override
    public Outgoing record() {
      return kept.record();
    }
  }

  /** In the spool. */
  record FromSpool(Spooled kept) implements Sent {
    @Override
    public long number() {
      return kept.number();
    }

    @Override
    public Outgoing record() {
      return kept.record();
    }
  }
}
