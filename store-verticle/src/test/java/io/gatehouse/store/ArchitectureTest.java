package io.gatehouse.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;

/** The walls around the store role. */
@AnalyzeClasses(packages = "io.gatehouse.store", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
    /** ArchUnit's own option knows only one place where Maven puts test classes. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule knowsNoOtherRole = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gatehouse.gateway..", "io.gatehouse.token..", "io.gatehouse.deploy..");

    @ArchTest
    static final ArchRule knowsNoHttpAndNoSignatures = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "com.nimbusds..", "java.net.http..");

    @ArchTest
    static final ArchRule reachesOthersByTheTypedBusOnly = noClasses()
            .should()
            .callMethod(Vertx.class, "eventBus")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(EventBus.class);

    @ArchTest
    static final ArchRule backEndsDoNotKnowTheBus = noClasses()
            .that()
            .resideInAnyPackage("..embedded..", "..pg..", "..redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.gatehouse.common.bus..");

    @ArchTest
    static final ArchRule onlyRoleAndUpkeepChooseABackEnd = noClasses()
            .that()
            .resideOutsideOfPackages("..embedded..", "..pg..", "..redis..")
            .and()
            .doNotBelongToAnyOf(StoreRole.class, StoreUpkeep.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..embedded..", "..pg..", "..redis..");

    @ArchTest
    static final ArchRule theEmbeddedStoreStandsAlone = noClasses()
            .that()
            .resideInAPackage("..embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..store.pg..", "..store.redis..");

    @ArchTest
    static final ArchRule redisStandsInFrontOfPostgresWhichDoesNotKnow = noClasses()
            .that()
            .resideInAPackage("..store.pg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..embedded..", "..store.redis..");

    @ArchTest
    static final ArchRule sqlStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("..pg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..");

    @ArchTest
    static final ArchRule mvStoreStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("..embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.h2..");

    @ArchTest
    static final ArchRule configurationIsHandedIn = noClasses()
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);
}
