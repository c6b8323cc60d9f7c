package io.pakaura.publisher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pakaura", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule only_the_outbox_knows_sql = noClasses()
            .that()
            .resideInAnyPackage("..publisher.event..", "..publisher.dapr..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..");

    @ArchTest
    static final ArchRule events_do_no_io_and_know_neither_dapr_nor_outbox = noClasses()
            .that()
            .resideInAPackage("..publisher.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..publisher.dapr..", "..publisher.outbox..", "io.vertx.ext.web..");

    @ArchTest
    static final ArchRule the_dapr_client_knows_no_outbox = noClasses()
            .that()
            .resideInAPackage("..publisher.dapr..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..publisher.outbox..");

    @ArchTest
    static final ArchRule the_publisher_knows_no_service_and_no_broker = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pakaura.taskapi..", "io.pakaura.syncgateway..", "io.pakaura.service..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule only_a_main_reads_the_environment = noClasses()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);
}
