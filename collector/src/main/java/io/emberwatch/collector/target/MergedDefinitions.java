package io.emberwatch.collector.target;

import io.emberwatch.runtime.config.ConfigProblem;
import io.emberwatch.runtime.config.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several files define together. What two of them define counts once, in the one whose name
 * comes first, and is a problem of the other.
 */
final class MergedDefinitions {

  private final List<Target> targets = new ArrayList<>();
  private final List<Discovery> discoveries = new ArrayList<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, Path> addresses = new HashMap<>();
  private final Map<String, Path> names = new HashMap<>();

  /**
   * @param files in the order of their names
   */
  MergedDefinitions(Collection<DefinitionFile> files) {
    files.forEach(this::add);
  }

  Definitions definitions() {
    return new Definitions(targets, discoveries);
  }

  /** Of all files, in their order. */
  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  private void add(DefinitionFile file) {
    problems.addAll(file.problems());
    for (Target target : file.good().targets()) {
      String address = ServerAddress.of(target.host(), target.port()).canonical();
      if (isNew(addresses, address, target.instanceId(), file.file())) {
        targets.add(target);
      }
    }
    for (Discovery discovery : file.good().discoveries()) {
      if (isNew(names, discovery.id(), discovery.id(), file.file())) {
        discoveries.add(discovery);
      }
    }
  }

  private boolean isNew(Map<String, Path> seen, String key, String what, Path file) {
    Optional<Path> first = Optional.ofNullable(seen.putIfAbsent(key, file));
    first.ifPresent(
        other ->
            problems.add(
                new ConfigProblem(
                    new Place(file.toString(), 0, 0),
                    "",
                    what + " is defined already in " + other)));
    return first.isEmpty();
  }
}
