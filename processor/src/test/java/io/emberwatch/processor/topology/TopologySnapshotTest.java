package io.emberwatch.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.emberwatch.processor.fixture.TopologyHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A changed topology can orphan state and is refused by a running streams-protocol group, so a
 * change is a reviewed decision. To accept one: {@code mvn -pl processor -am test
 * -Dtest=TopologySnapshotTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtopology.snapshot.write=true}
 */
class TopologySnapshotTest {

  private static final Path SNAPSHOT = Path.of("src/test/resources/topology.txt");

  @Test
  void isTheTopologyThatWasReviewed() throws IOException {
    String now = TopologyHarness.topology().describe().toString();
    if (Boolean.getBoolean("topology.snapshot.write")) {
      Files.writeString(SNAPSHOT, now);
    }
    assertThat(now).isEqualTo(Files.readString(SNAPSHOT));
  }

  @Test
  void namesEveryOperatorItself() {
    String topology = TopologyHarness.topology().describe().toString();
    assertThat(topology).doesNotContainPattern("(KSTREAM|KTABLE)-[A-Z-]+-\\d+");
  }
}
