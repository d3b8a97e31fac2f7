package io.emberwatch.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.emberwatch.embedded")
class ArchitectureTest {
  /** Every module's tests use these servers, so a way back would be a cycle. */
  @ArchTest
  static final ArchRule knowsNoOtherModule =
      noClasses()
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("io.emberwatch..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage("io.emberwatch.embedded..")));

  @ArchTest
  static final ArchRule neverSleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
