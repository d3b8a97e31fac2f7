package io.emberwatch.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every service loads this module, so what it drags in, all of them carry. */
@AnalyzeClasses(packages = "io.emberwatch.runtime")
final class WallsTest {

  /** The module is shared because it knows no service. */
  @ArchTest
  static final ArchRule KNOWS_NO_SERVICE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.emberwatch.schemas..",
              "io.emberwatch.collector..",
              "io.emberwatch.processor..",
              "io.emberwatch.alerter..",
              "io.lettuce..",
              "org.apache.avro..",
              "org.apache.kafka.streams..");

  /** A rule or target file is read by services that have no broker. */
  @ArchTest
  static final ArchRule CONFIG_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("..runtime.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.emberwatch.runtime.admin..",
              "io.emberwatch.runtime.cli..",
              "io.emberwatch.runtime.kafka..",
              "io.emberwatch.runtime.lifecycle..",
              "org.apache.kafka..",
              "com.sun.net.httpserver..",
              "io.micrometer..");

  /** YAML's library can be replaced in one package. */
  @ArchTest
  static final ArchRule YAML_STAYS_IN_CONFIG =
      classes()
          .that()
          .resideOutsideOfPackage("..runtime.config..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.emberwatch.runtime.(*)..").should().beFreeOfCycles();

  /** A sleeping test is slow and still fails on a busy machine; Awaitility polls. */
  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
