package io.emberwatch.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls: everybody depends on the contract, so the contract depends on nobody. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.emberwatch.schemas");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.emberwatch.schemas");

  @Test
  void contractKnowsNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.emberwatch.runtime..",
            "io.emberwatch.embedded..",
            "io.emberwatch.collector..",
            "io.emberwatch.processor..",
            "io.emberwatch.alerter..",
            "io.emberwatch.local..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.emberwatch.schemas.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void registryKnowsNeitherTopicsNorRecords() {
    noClasses()
        .that()
        .resideInAPackage("..schemas.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..schemas.serde..")
        .check(MAIN);
  }

  @Test
  void onlyTheRegistrySpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..schemas.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(MAIN);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(MAIN);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(TESTS);
  }
}
