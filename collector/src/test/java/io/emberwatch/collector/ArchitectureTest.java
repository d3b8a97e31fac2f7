package io.emberwatch.collector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The walls: decisions on one side, Redis and Kafka on the other, and only the app knows both. */
class ArchitectureTest {

  private static final String LETTUCE = "io.lettuce..";
  private static final String NETTY = "io.netty..";
  private static final String KAFKA = "org.apache.kafka..";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.emberwatch.collector");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.emberwatch.collector");

  private static void keepOut(String inside, String... strangers) {
    noClasses()
        .that()
        .resideInAPackage("io.emberwatch.collector." + inside + "..")
        .should(dependOnClassesThat(resideInAnyPackage(strangers)))
        .check(MAIN);
  }

  @Test
  void knowsNothingOfTheStagesBehindIt() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.emberwatch.processor..",
            "io.emberwatch.alerter..",
            "io.emberwatch.local..",
            "io.emberwatch.embedded..")
        .check(MAIN);
  }

  /** The parser is fuzzed and replayed on captured text; nothing in it may need a server. */
  @Test
  void infoIsPure() {
    keepOut(
        "info",
        LETTUCE,
        NETTY,
        KAFKA,
        "java.net..",
        "java.nio.file..",
        "java.util.concurrent..",
        "io.emberwatch.runtime..",
        "io.emberwatch.collector.connect..",
        "io.emberwatch.collector.target..");
  }

  /** Read from captured replies; nothing in it may need a server. */
  @Test
  void clusterRepliesAreReadWithoutAServer() {
    keepOut(
        "cluster",
        LETTUCE,
        NETTY,
        KAFKA,
        "java.net..",
        "java.util.concurrent..",
        "io.emberwatch.runtime..",
        "io.emberwatch.collector.probe..",
        "io.emberwatch.collector.target..");
  }

  @Test
  void discoveryKnowsNeitherKafkaNorWhenAServerIsPolled() {
    keepOut(
        "discover",
        NETTY,
        KAFKA,
        "io.emberwatch.collector.schedule..",
        "io.emberwatch.collector.publish..");
  }

  @Test
  void sentinelsAreReadAndHeardWithoutKafkaOrTheSchedule() {
    keepOut(
        "sentinel",
        NETTY,
        KAFKA,
        "io.emberwatch.collector.schedule..",
        "io.emberwatch.collector.discover..",
        "io.emberwatch.collector.publish..");
  }

  @Test
  void dnsKnowsNoRedis() {
    keepOut("dns", LETTUCE, KAFKA, "io.emberwatch.collector.connect..");
  }

  @Test
  void targetsKnowNeitherServersNorTopics() {
    keepOut(
        "target",
        LETTUCE,
        NETTY,
        KAFKA,
        "io.emberwatch.collector.connect..",
        "io.emberwatch.collector.probe..",
        "io.emberwatch.collector.schedule..",
        "io.emberwatch.collector.keyspace..",
        "io.emberwatch.collector.publish..");
  }

  @Test
  void theSharedFleetKnowsNoServers() {
    keepOut(
        "fleet",
        LETTUCE,
        NETTY,
        "io.emberwatch.collector.connect..",
        "io.emberwatch.collector.probe..",
        "io.emberwatch.collector.schedule..",
        "io.emberwatch.collector.publish..");
  }

  /**
   * When to poll, and what a poll was, is decided without Lettuce; connections come as outcomes.
   */
  @Test
  void scheduleKnowsNeitherLettuceNorKafka() {
    keepOut("schedule", LETTUCE, NETTY, KAFKA, "io.emberwatch.collector.publish..");
  }

  @Test
  void connectionsKnowNeitherKafkaNorWhatIsAskedOrWhen() {
    keepOut(
        "connect",
        KAFKA,
        "io.emberwatch.collector.info..",
        "io.emberwatch.collector.probe..",
        "io.emberwatch.collector.schedule..");
  }

  @Test
  void probesKnowNeitherKafkaNorTheSchedule() {
    keepOut("probe", NETTY, KAFKA, "io.emberwatch.collector.schedule..");
  }

  @Test
  void subscriptionsKnowNeitherKafkaNorWhatTheyCarry() {
    keepOut(
        "subscribe",
        NETTY,
        KAFKA,
        "io.emberwatch.collector.keyspace..",
        "io.emberwatch.collector.sentinel..",
        "io.emberwatch.collector.publish..");
  }

  @Test
  void keyspaceEventsKnowNoKafka() {
    keepOut("keyspace", NETTY, KAFKA, "io.emberwatch.collector.publish..");
  }

  @Test
  void publishingKnowsNoRedis() {
    keepOut("publish", LETTUCE, NETTY, "io.emberwatch.collector.target..");
  }

  /** What waits on disk must be readable whatever Kafka's client becomes. */
  @Test
  void theSpoolKnowsNoKafka() {
    keepOut(
        "spool",
        KAFKA,
        LETTUCE,
        NETTY,
        "io.emberwatch.collector.target..",
        "io.emberwatch.collector.publish..");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.emberwatch.collector.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nobodySleeps() {
    for (JavaClasses classes : List.of(MAIN, TESTS)) {
      noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
      noClasses().should().callMethod(TimeUnit.class, "sleep", long.class).check(classes);
    }
  }
}
