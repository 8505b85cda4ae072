package io.gatehouse.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom within this module. */
@AnalyzeClasses(packages = "io.gatehouse.common", importOptions = WallsTest.MainOnly.class)
class WallsTest {
    /** By the folder's name, since the quick build has its folders elsewhere. */
    static final class MainOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final List<String> PLATFORM = List.of("java..", "javax.crypto..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule onlyTheBusTouchesTheEventBus = noClasses()
            .that()
            .resideOutsideOfPackage("io.gatehouse.common.bus..")
            .should()
            .callMethod(Vertx.class, "eventBus")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.eventbus..");

    @ArchTest
    static final ArchRule cryptoKnowsNothingOfOurs = knowsOnly("crypto");

    @ArchTest
    static final ArchRule fileKnowsNothingOfOurs = knowsOnly("file");

    @ArchTest
    static final ArchRule codecKnowsCrypto = knowsOnly("codec", "crypto");

    @ArchTest
    static final ArchRule jwkKnowsJson = knowsOnly("jwk", "json", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule jsonKnowsNothingOfOurs = knowsOnly("json", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule detailsKnowErrors =
            knowsOnly("details", "error", "json", "com.fasterxml.jackson..", "io.vertx.core.json..");

    @ArchTest
    static final ArchRule claimsKnowNothingOfOurs = knowsOnly("claims");

    @ArchTest
    static final ArchRule errorKnowsJson = knowsOnly("error", "crypto", "io.vertx.core.json..");

    @ArchTest
    static final ArchRule modelKnowsNoMessage = knowsOnly("model", "crypto", "error");

    @ArchTest
    static final ArchRule messagesDoNotKnowHowTheyTravel = knowsOnly("message", "crypto", "codec", "model");

    @ArchTest
    static final ArchRule onlyConfigReadsTheSurroundings = noClasses()
            .that()
            .resideOutsideOfPackage("io.gatehouse.common.config..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.config..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.gatehouse.common.(*)..").should().beFreeOfCycles();

    /** @param others packages of this module by their last name, or other ones in full */
    private static ClassesShouldConjunction knowsOnly(String own, String... others) {
        List<String> allowed = new ArrayList<>(PLATFORM);
        allowed.add(full(own));
        Stream.of(others).map(WallsTest::full).forEach(allowed::add);
        return classes()
                .that()
                .resideInAPackage(full(own))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    private static String full(String name) {
        return name.contains(".") ? name : "io.gatehouse.common." + name + "..";
    }
}
