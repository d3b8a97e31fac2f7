package io.emberwatch.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the all-in-one: it knows everybody, nobody knows it. */
@AnalyzeClasses(packages = "io.emberwatch")
class ArchitectureTest {

  /** What ships must run without the broker and the servers that are for one machine only. */
  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_LOCAL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.emberwatch.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.emberwatch.local..");

  /** The demo proves what a user can see, so it must not look behind the topics. */
  @ArchTest
  static final ArchRule THE_DEMO_SEES_WHAT_A_USER_SEES =
      noClasses()
          .that()
          .resideInAPackage("io.emberwatch.local.demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.emberwatch.collector..", "io.emberwatch.processor..", "io.emberwatch.alerter..");

  @ArchTest
  static final ArchRule THE_PIPELINE_DOES_NOT_KNOW_THE_DEMO =
      noClasses()
          .that()
          .resideInAPackage("io.emberwatch.local.pipeline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.emberwatch.local.demo..", "io.emberwatch.local.cli..");

  /** A test that sleeps is slow on a good day and wrong on a bad one. */
  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .that()
          .resideInAPackage("io.emberwatch.local..")
          .should()
          .callMethod(Thread.class, "sleep", long.class);
}
