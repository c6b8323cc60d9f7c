package io.pakaura.taskapi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

@AnalyzeClasses(packages = "io.pakaura", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule the_domain_sees_only_java_itself_and_futures = classes()
            .that()
            .resideInAPackage("..taskapi.task..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.pakaura.taskapi.task..", "org.jspecify.annotations..", "io.vertx.core");

    @ArchTest
    static final ArchRule of_vertx_the_domain_sees_futures_alone = noClasses()
            .that()
            .resideInAPackage("..taskapi.task..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx..").and(not(equivalentTo(Future.class))));

    @ArchTest
    static final ArchRule only_postgres_and_the_composition_import_the_sql_client = noClasses()
            .that()
            .resideInAnyPackage("..taskapi.http..", "..taskapi.mcp..", "..taskapi.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.sqlclient..", "io.vertx.pgclient..", "org.flywaydb..", "..taskapi.postgres..");

    @ArchTest
    static final ArchRule the_database_knows_no_http = noClasses()
            .that()
            .resideInAPackage("..taskapi.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..taskapi.http..", "..taskapi.mcp..", "io.vertx.ext.web..", "io.vertx.core.http..");

    @ArchTest
    static final ArchRule rest_knows_no_mcp = noClasses()
            .that()
            .resideInAPackage("..taskapi.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..taskapi.mcp..", "io.modelcontextprotocol..", "reactor..");

    @ArchTest
    static final ArchRule mcp_leaves_http_to_rest = noClasses()
            .that()
            .resideInAPackage("..taskapi.mcp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.core.http..");

    @ArchTest
    static final ArchRule no_service_knows_another = noClasses()
            .that()
            .resideInAPackage("..taskapi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pakaura.syncgateway..",
                    "io.pakaura.daprstandin..",
                    "io.pakaura.quickstart..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule there_is_one_verticle =
            classes().that().areAssignableTo(VerticleBase.class).should().haveSimpleName("TaskApiVerticle");

    @ArchTest
    static final ArchRule only_main_reads_the_environment = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);
}
