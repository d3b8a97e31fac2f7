package io.emberwatch.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The walls of the module: what is decided can be read, tested and replayed without Kafka. */
class WallsTest {

  private static final String[] DOMAIN = {
    "io.emberwatch.processor.signal..",
    "io.emberwatch.processor.rate..",
    "io.emberwatch.processor.rule..",
    "io.emberwatch.processor.group..",
    "io.emberwatch.processor.absence..",
    "io.emberwatch.processor.health.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("io.emberwatch.processor");

  @Test
  void onlyTheTopologyAndTheAppKnowKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.emberwatch.processor",
            "io.emberwatch.processor.topology..",
            "io.emberwatch.processor.fixture..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(main());
  }

  @Test
  void formulasKnowNoClockAndNoLogger() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "io.micrometer..")
        .check(main());
  }

  @Test
  void signalsKnowNoOtherPackageOfTheProcessor() {
    classes()
        .that()
        .resideInAPackage("io.emberwatch.processor.signal..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "io.emberwatch.schemas",
            "io.emberwatch.schemas.identity",
            "io.emberwatch.processor.state",
            "io.emberwatch.processor.signal..")
        .check(main());
  }

  /** Decisions are handed what they judge; which stage asks, and how it is wired, is not theirs. */
  @Test
  void decisionsKnowNeitherTheTopologyNorTheApp() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.emberwatch.processor",
            "io.emberwatch.processor.topology..",
            "io.emberwatch.runtime.admin..")
        .check(main());
  }

  @Test
  void nothingSleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
  }

  private static JavaClasses main() {
    return CLASSES.that(
        DescribedPredicate.describe(
            "in main",
            (JavaClass type) ->
                type.getSource()
                    .map(source -> !source.getUri().toString().contains("test-classes"))
                    .orElse(false)));
  }
}
