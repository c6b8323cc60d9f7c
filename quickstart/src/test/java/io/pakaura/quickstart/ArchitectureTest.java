package io.pakaura.quickstart;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pakaura", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule the_services_don_t_know_that_they_are_in_a_quickstart = noClasses()
            .that()
            .resideOutsideOfPackage("io.pakaura.quickstart..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pakaura.quickstart..");

    @ArchTest
    static final ArchRule the_quickstart_reaches_into_no_service = noClasses()
            .that()
            .resideInAPackage("io.pakaura.quickstart..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pakaura.taskapi.*..",
                    "io.pakaura.syncgateway.*..",
                    "io.pakaura.publisher..",
                    "io.vertx.sqlclient..");
}
