package io.emberwatch.alerter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls: decisions stay pure, and each edge knows its own technology only. */
@AnalyzeClasses(packages = "io.emberwatch.alerter")
class ArchitectureTest {

  /** A decision that reads a clock or a database cannot be replayed. */
  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("..alerter.incident..", "..alerter.route..")
          .and()
          .haveSimpleNameNotEndingWith("Test")
          .and()
          .haveSimpleNameNotStartingWith("IncidentLaws")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.jdbi..",
              "java.sql..",
              "java.net.http..",
              "io.javalin..",
              "io.emberwatch.alerter.store..",
              "io.emberwatch.alerter.notify..");

  /** Only the store speaks SQL. */
  @ArchTest
  static final ArchRule SQL_STAYS_IN_THE_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..alerter.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "java.sql..", "com.zaxxer..", "org.flywaydb..");

  /** Kafka's clients are known to intake, publish and the wiring. */
  @ArchTest
  static final ArchRule KAFKA_STAYS_AT_THE_EDGE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..alerter.store..", "..alerter.ledger..", "..alerter.notify..", "..alerter.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  /** A test that sleeps is slow on a good day and wrong on a bad one. */
  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
