package io.emberwatch.collector.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.emberwatch.collector.target.Target;
import io.emberwatch.collector.target.TargetFile;
import io.emberwatch.schemas.InstanceSample;
import io.emberwatch.schemas.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrimaryTargetsTest {

  @TempDir private Path folder;
  private final List<List<String>> told = new CopyOnWriteArrayList<>();

  private void see(PrimaryTargets primaries, String host, Role role) {
    InstanceSample sample = new InstanceSample();
    sample.setInstanceId("f/g/" + host + ":6379");
    sample.setRole(role);
    primaries.accept(sample);
  }

  private List<String> last() {
    return told.isEmpty() ? List.of("nothing yet") : told.get(told.size() - 1);
  }

  @Test
  void followsTheRolesOfTheTargetsThatOptedIn() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("targets.yaml"),
            "fleet: f\ngroups: {g: {instances: [a, b, {address: c, keyspace-events: {enabled:"
                + " false}}], keyspace-events: {enabled: true}}}");
    List<Target> targets = TargetFile.read(file).targets();
    try (PrimaryTargets primaries =
        new PrimaryTargets(next -> told.add(next.stream().map(Target::host).toList()))) {
      primaries.watch(targets);
      await().until(() -> last().isEmpty());
      see(primaries, "a", Role.PRIMARY);
      see(primaries, "b", Role.REPLICA);
      see(primaries, "c", Role.PRIMARY);
      await().until(() -> last().equals(List.of("a")));
      see(primaries, "a", Role.UNKNOWN);
      see(primaries, "b", Role.PRIMARY);
      await("a lost server keeps its role").until(() -> last().equals(List.of("a", "b")));
      see(primaries, "a", Role.REPLICA);
      await().until(() -> last().equals(List.of("b")));
      int before = told.size();
      see(primaries, "b", Role.PRIMARY);
      primaries.watch(List.of());
      await().until(() -> told.size() == before + 1);
      assertThat(last()).isEmpty();
    }
  }
}
