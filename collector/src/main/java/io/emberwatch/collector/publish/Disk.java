package io.emberwatch.collector.publish;

import io.emberwatch.collector.spool.Numbered;
import io.emberwatch.collector.spool.Spool;
import io.emberwatch.runtime.lifecycle.Check;
import io.emberwatch.runtime.lifecycle.CheckState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool with its state: whether it can be written, told by a check, a meter and one log line a
 * change. A disk that failed is tried again each second.
 */
final class Disk {

  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Spool spool;
  private final PublishMeters meters;
  private final Clock clock;
  private final CheckState state;
  private boolean writable = true;
  private Instant notBefore = Instant.MIN;

  Disk(Spool spool, PublishMeters meters, Clock clock) {
    this.spool = spool;
    this.meters = meters;
    this.clock = clock;
    this.state = new CheckState("spool", clock);
    meters.registry().gauge("emberwatch.collector.spool.records", spool, Spool::records);
    meters.registry().gauge("emberwatch.collector.spool.bytes", spool, Spool::bytes);
  }

  Spool spool() {
    return spool;
  }

  Check check() {
    Check last = state.check();
    return last.ok()
        ? new Check(last.component(), true, spool.records() + " records wait", last.since())
        : last;
  }

  /** Takes what a former run left. */
  void open() {
    try {
      openNow();
      works();
    } catch (IOException fault) {
      failed(fault);
    }
  }

  /** Appends; false if the disk does not take them now. */
  boolean append(List<Numbered> batch) {
    if (clock.instant().isBefore(notBefore)) {
      return false;
    }
    try {
      openNow();
      spool.append(batch);
      works();
      return true;
    } catch (IOException fault) {
      failed(fault);
      return false;
    }
  }

  /** Whether a disk that failed takes something again; for when nothing waits to be appended. */
  void look() {
    if (writable || clock.instant().isBefore(notBefore)) {
      return;
    }
    try {
      openNow();
      spool.tryOut();
      works();
    } catch (IOException fault) {
      failed(fault);
    }
  }

  private void openNow() throws IOException {
    long found = spool.open();
    meters.recovered(found);
    if (found > 0) {
      LOG.info("event=spool_found records={} bytes={}", found, spool.bytes());
    }
  }

  private void works() {
    meters.writable(true);
    if (!writable) {
      LOG.info("event=spool_writable");
    }
    writable = true;
    state.ok("writable");
  }

  private void failed(IOException fault) {
    meters.writable(false);
    notBefore = clock.instant().plus(PAUSE);
    if (writable) {
      LOG.error("event=spool_unwritable fault={}", fault.toString());
    }
    writable = false;
    state.failing("cannot be written: " + fault);
  }
}
