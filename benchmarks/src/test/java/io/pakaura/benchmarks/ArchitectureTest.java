package io.pakaura.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pakaura", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule nobody_knows_that_he_is_measured = noClasses()
            .that()
            .resideOutsideOfPackage("io.pakaura.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pakaura.benchmarks..");

    @ArchTest
    static final ArchRule stand_and_load_serve_more_benchmarks_than_one = noClasses()
            .that()
            .resideInAnyPackage("io.pakaura.benchmarks.stand..", "io.pakaura.benchmarks.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pakaura.benchmarks.rest..");
}
