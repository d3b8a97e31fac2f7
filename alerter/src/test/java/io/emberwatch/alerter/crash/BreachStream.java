package io.emberwatch.alerter.crash;

import io.emberwatch.alerter.BreachRecords;
import io.emberwatch.alerter.intake.BreachLog;
import io.emberwatch.schemas.Breach;
import io.emberwatch.schemas.Severity;
import io.emberwatch.schemas.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Problems that come, grow worse and go, with copies, late records and poison in between. */
final class BreachStream {

  private static final int GROUPS = 6;
  private static final List<String> RULES = List.of("memory_high", "evictions");

  private final RandomGenerator random;
  private final Instant at;
  private final BreachLog log = new BreachLog();
  private final List<Detector> detectors = new ArrayList<>();
  private final List<Breach> written = new ArrayList<>();
  private int poison;

  private BreachStream(RandomGenerator random, Instant at) {
    this.random = random;
    this.at = at;
    for (int group = 0; group < GROUPS; group++) {
      for (String rule : RULES) {
        detectors.add(new Detector(rule, "cache-" + group));
      }
    }
  }

  /** Some events; in the end all problems are over. */
  static BreachStream of(int events, RandomGenerator random, Instant at) {
    BreachStream stream = new BreachStream(random, at);
    for (int i = 0; i < events; i++) {
      stream.next();
    }
    stream.detectors.stream().filter(Detector::firing).forEach(d -> stream.write(d.resolve()));
    return stream;
  }

  BreachLog log() {
    return log;
  }

  /** Records that are no breach. */
  int poison() {
    return poison;
  }

  private void next() {
    int dice = random.nextInt(100);
    if (dice < 10 && !written.isEmpty()) {
      log.append(written.get(random.nextInt(written.size())));
    } else if (dice < 12) {
      log.append(new byte[] {7, (byte) poison++});
    } else {
      write(detectors.get(random.nextInt(detectors.size())).next());
    }
  }

  private void write(Breach breach) {
    written.add(breach);
    log.append(breach);
  }

  /** One rule on one instance. */
  private final class Detector {

    private final String rule;
    private final String group;
    private long sequence;
    private int episode;
    private boolean firing;
    private Severity severity = Severity.WARNING;

    Detector(String rule, String group) {
      this.rule = rule;
      this.group = group;
    }

    boolean firing() {
      return firing;
    }

    Breach next() {
      if (!firing) {
        firing = true;
        episode++;
        severity = random.nextInt(4) == 0 ? Severity.CRITICAL : Severity.WARNING;
        return breach(Transition.FIRING);
      }
      return switch (random.nextInt(4)) {
        case 0 -> breach(Transition.REFRESHED);
        case 1 -> turn();
        default -> resolve();
      };
    }

    Breach resolve() {
      firing = false;
      return breach(Transition.RESOLVED);
    }

    private Breach turn() {
      boolean up = severity == Severity.WARNING;
      severity = up ? Severity.CRITICAL : Severity.WARNING;
      return breach(up ? Transition.ESCALATED : Transition.DEESCALATED);
    }

    private Breach breach(Transition transition) {
      return BreachRecords.breach(rule, group, at)
          .setEpisodeId(rule + "@" + group + "#" + episode)
          .setSequence(++sequence)
          .setTransition(transition)
          .setSeverity(severity)
          .build();
    }
  }
}
