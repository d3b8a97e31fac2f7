package io.emberwatch.collector.schedule;

import io.emberwatch.collector.connect.Faults;
import io.emberwatch.collector.connect.ProbeOutcome;
import io.emberwatch.collector.connect.ProbeOutcome.Answered;
import io.emberwatch.collector.connect.ProbeOutcome.Failed;
import io.emberwatch.collector.connect.ProbeOutcome.Refused;
import io.emberwatch.collector.info.InfoReply;
import io.emberwatch.schemas.TargetState;
import java.util.Optional;

/**
 * What a poll found. Pure.
 *
 * @param error one line; empty when nothing failed
 */
record Verdict(TargetState state, Optional<String> error) {

  /**
   * INFO decides; PING tells what INFO does not: a replica that refuses stale reads answers INFO.
   */
  static Verdict of(ProbeOutcome<byte[]> ping, ProbeOutcome<InfoReply> info) {
    if (!(info instanceof Answered<InfoReply> answered)) {
      // What broke the connection broke PING, which went first; INFO then only misses it.
      return ofFailure(ping instanceof Failed<byte[]> && info instanceof Failed ? ping : info);
    }
    InfoReply reply = answered.value();
    if (!reply.isReadable()) {
      return new Verdict(TargetState.PROTOCOL_ERROR, Optional.of("the reply to INFO is not INFO"));
    }
    if (ping instanceof Refused<byte[]> refused && refused.code().equals("MASTERDOWN")) {
      return new Verdict(TargetState.MASTER_DOWN, Optional.of(refused.message()));
    }
    return new Verdict(reply.loading() ? TargetState.LOADING : TargetState.UP, Optional.empty());
  }

  /** What an outcome without an answer says. */
  static Verdict ofFailure(ProbeOutcome<?> outcome) {
    if (outcome instanceof Refused<?> refused) {
      TargetState state = Faults.stateOfRefusal(refused.code());
      return new Verdict(state, Optional.of(refused.message()));
    }
    if (outcome instanceof Failed<?> failed) {
      return new Verdict(failed.state(), Optional.of(failed.error()));
    }
    return new Verdict(TargetState.TIMED_OUT, Optional.of("no answer within the deadline"));
  }

  /** Whether the connection is worth keeping: Redis answers on it, as we are. */
  boolean keepsConnection() {
    return switch (state) {
      case UP, LOADING, BUSY, MASTER_DOWN -> true;
      default -> false;
    };
  }
}
