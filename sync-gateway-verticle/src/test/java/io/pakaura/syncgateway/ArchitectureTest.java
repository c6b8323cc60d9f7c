package io.pakaura.syncgateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports point inwards, and what is below Vert.x's public API stays in one class. */
@AnalyzeClasses(packages = "io.pakaura.syncgateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule imports_point_inwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("composition")
            .definedBy("io.pakaura.syncgateway")
            .layer("feed")
            .definedBy("io.pakaura.syncgateway.feed")
            .layer("http")
            .definedBy("io.pakaura.syncgateway.http")
            .layer("session")
            .definedBy("io.pakaura.syncgateway.session")
            .layer("protocol")
            .definedBy("io.pakaura.syncgateway.protocol")
            .whereLayer("composition")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("feed")
            .mayOnlyBeAccessedByLayers("composition")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("composition")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("composition", "feed", "http")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("composition", "session");

    @ArchTest
    static final ArchRule messages_know_nothing_of_how_they_travel = noClasses()
            .that()
            .resideInAPackage("..protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "io.pakaura.service..");

    @ArchTest
    static final ArchRule sessions_know_nothing_of_routes = noClasses()
            .that()
            .resideInAPackage("..session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext..", "com.fasterxml..");

    @ArchTest
    static final ArchRule only_main_reads_the_environment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule the_inside_of_vertx_is_one_classs_business = noClasses()
            .that()
            .doNotHaveSimpleName("SocketChannel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.internal..", "io.vertx.core.impl..", "io.vertx.core.http.impl..");

    @ArchTest
    static final ArchRule there_is_no_other_way_out_than_the_sidecar_and_no_state =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule nothing_is_published_and_only_main_reads_secrets = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pakaura.publisher..");

    @ArchTest
    static final ArchRule json_beyond_the_boundary_is_records =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.vertx.core.json..");
}
