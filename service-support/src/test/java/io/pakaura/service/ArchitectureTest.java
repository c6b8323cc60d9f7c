package io.pakaura.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pakaura.service", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule support_knows_none_of_those_it_supports = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pakaura.publisher..",
                    "io.pakaura.taskapi..",
                    "io.pakaura.syncgateway..",
                    "io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule only_a_main_reads_the_environment = noClasses()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);
}
