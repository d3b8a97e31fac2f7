package io.emberwatch.collector.schedule;

import io.emberwatch.collector.probe.Probe;
import io.emberwatch.collector.probe.Probes;
import io.emberwatch.collector.target.Target;
import io.emberwatch.runtime.config.ConfigReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often a probe is asked, where an operator chose.
 *
 * @param chosen empty for the probe's own cadence
 * @param isOff whether it is not asked at all
 */
public record ProbeCadence(Optional<Duration> chosen, boolean isOff) {

  static final ProbeCadence OWN = new ProbeCadence(Optional.empty(), false);

  private static final ProbeCadence OFF = new ProbeCadence(Optional.empty(), true);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Reads the section {@code probes}: durations, or {@code off}, by the names of probes. */
  public static Map<String, ProbeCadence> read(ConfigReader poll) {
    ConfigReader section = poll.section("probes");
    Map<String, ProbeCadence> cadences = new TreeMap<>();
    for (String name : section.keys()) {
      if (names().contains(name)) {
        cadences.put(name, of(section, name));
      } else {
        section.string(name);
        section.problem(name, "is no probe; expected one of " + names());
      }
    }
    return cadences;
  }

  /** Whether an operator has turned this probe off. */
  public static boolean isOff(String probe, Map<String, ProbeCadence> cadences) {
    return cadences.getOrDefault(probe, OWN).isOff();
  }

  /** Names of all probes. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Probe probe : Probes.of(Target.of("any", "any", "any", 1), "any")) {
      names.add(probe.name());
    }
    return names;
  }

  Duration or(Duration own) {
    return chosen.orElse(own);
  }

  /** YAML reads a bare off as a word or as false. */
  private static ProbeCadence of(ConfigReader section, String name) {
    String text = section.string(name);
    return text.equals("off") || text.equals("false")
        ? OFF
        : new ProbeCadence(Optional.of(section.duration(name, Duration.ZERO, LONGEST)), false);
  }
}
