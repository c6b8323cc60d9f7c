package io.pakaura.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

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
    static final ArchRule stand_load_and_baseline_serve_more_benchmarks_than_one = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.pakaura.benchmarks.stand..",
                    "io.pakaura.benchmarks.load..",
                    "io.pakaura.benchmarks.bare..",
                    "io.pakaura.benchmarks.crowd..",
                    "io.pakaura.benchmarks.floor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pakaura.benchmarks.rest..",
                    "io.pakaura.benchmarks.publishing..",
                    "io.pakaura.benchmarks.gateway..");

    @ArchTest
    static final ArchRule a_benchmark_does_not_know_another = SlicesRuleDefinition.slices()
            .matching("io.pakaura.benchmarks.(rest|publishing|gateway)..")
            .should()
            .notDependOnEachOther();
}
