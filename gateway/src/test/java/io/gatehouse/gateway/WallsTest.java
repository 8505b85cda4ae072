package io.gatehouse.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gatehouse.common.bus.Bus;
import io.vertx.core.Vertx;
import java.security.PrivateKey;

/** Who may see whom, as design.md draws it. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = WallsTest.MainClasses.class)
class WallsTest {
    /** ArchUnit's own option knows Maven's usual folder only. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String GATEWAY = "io.gatehouse.gateway..";
    private static final String VENDORS = "(?i).*(babelbird|loginradius|geolens).*";

    @ArchTest
    static final ArchRule theGatewayKnowsNoOtherRole = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gatehouse.token..", "io.gatehouse.store..", "io.gatehouse.deploy..");

    @ArchTest
    static final ArchRule theGatewayKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "io.vertx.sqlclient..",
                    "io.vertx.pgclient..",
                    "io.vertx.redis..",
                    "org.h2..");

    @ArchTest
    static final ArchRule theGatewayHoldsNoPrivateKey = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PrivateKey.class)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.security\\.(KeyPair|KeyPairGenerator|Signature|KeyStore)")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("io\\.gatehouse\\.common\\.(model\\.Sealed.*|message\\.(Attestor|Keys.*))");

    @ArchTest
    static final ArchRule theProtocolKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("io.gatehouse.gateway.oauth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.core.http..",
                    "io.vertx.ext.web..",
                    "io.netty..",
                    "java.net.http..",
                    "io.gatehouse.gateway.http..",
                    "io.gatehouse.gateway.endpoint..",
                    "io.gatehouse.gateway.compat..");

    @ArchTest
    static final ArchRule httpKnowsNoEndpoint = noClasses()
            .that()
            .resideInAPackage("io.gatehouse.gateway.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gatehouse.gateway.endpoint..", "io.gatehouse.gateway.compat..");

    @ArchTest
    static final ArchRule standardEndpointsKnowNoVendor = noClasses()
            .that()
            .resideInAPackage("io.gatehouse.gateway.endpoint..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.gatehouse.gateway.compat..");

    @ArchTest
    static final ArchRule vendorsDoNotKnowStandardEndpoints = noClasses()
            .that()
            .resideInAPackage("io.gatehouse.gateway.compat..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.gatehouse.gateway.endpoint..");

    @ArchTest
    static final ArchRule doorsDoNotUseTheBus = noClasses()
            .that(resideInAnyPackage("io.gatehouse.gateway.endpoint..", "io.gatehouse.gateway.compat.."))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Bus.class);

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
    static final ArchRule vendorNamesStayInCompat = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .and()
            .resideOutsideOfPackage("io.gatehouse.gateway.compat..")
            .should()
            .haveNameMatching(VENDORS);

    @ArchTest
    static final ArchRule onlyTheRoleAndItsListenerReadConfiguration = noClasses()
            .that(resideInAnyPackage(
                    "io.gatehouse.gateway.oauth..", "io.gatehouse.gateway.endpoint..", "io.gatehouse.gateway.compat.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.gatehouse.common.config..")
                    // a block of addresses is a value, not a setting
                    .and(not(simpleName("Cidr"))));

    @ArchTest
    static final ArchRule nobodyIsCalledByAnEmptyWord = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils|Constants|Base)");

    @ArchTest
    static final ArchRule endpointsAreCalledSo = classes()
            .that()
            .resideInAPackage("io.gatehouse.gateway.endpoint..")
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .should()
            .haveSimpleNameEndingWith("Endpoint");
}
