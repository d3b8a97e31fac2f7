package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.info.InfoReply;

/** How PING and INFO of one poll ended. */
record CoreOutcome(ProbeOutcome<byte[]> ping, ProbeOutcome<InfoReply> info) {

  Verdict verdict() {
    return Verdict.of(ping, info);
  }
}
