package io.gatehouse.token;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.TokenRequest;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the token role must not know, and what it must not offer. */
@AnalyzeClasses(packages = "io.gatehouse.token", importOptions = ImportOption.DoNotIncludeTests.class)
class WallTest {
    @ArchTest
    static final ArchRule SEES_NEITHER_HTTP_NOR_SQL_NOR_OTHER_VERTICLES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.gatehouse.gateway..",
                    "io.gatehouse.store..",
                    "io.gatehouse.deploy..",
                    "io.vertx.core.http..",
                    "io.vertx.ext.web..",
                    "io.vertx.sqlclient..",
                    "io.vertx.redis..",
                    "org.h2..",
                    "java.net.http..",
                    "java.sql..");

    @ArchTest
    static final ArchRule TOUCHES_THE_EVENT_BUS_ONLY_THROUGH_OUR_BUS =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.vertx.core.eventbus..");

    @ArchTest
    static final ArchRule READS_NO_CONFIGURATION_BY_ITSELF =
            noClasses().should().callMethod(System.class, "getenv", String.class);

    /** What others can hold on to: everything that touches a key stays inside. The provider serves whole processes. */
    @ArchTest
    static final ArchRule SHOWS_ITS_ENTRANCE_ONLY = classes()
            .that()
            .arePublic()
            .should()
            .be(TokenRole.class)
            .orShould()
            .be(TokenVerticle.class)
            .orShould()
            .be(StartFailure.class)
            .orShould()
            .be(CryptoProvider.class);

    /** No message signs given bytes: a captured gateway has nothing to ask for. */
    @Test
    void messages_noneOfThemCarriesWhatIsToBeSigned() {
        List<Class<?>> messages = records(TokenRequest.class).toList();
        assertThat(messages)
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "Issue",
                        "Issue",
                        "Exchange",
                        "Keys",
                        "Verify",
                        "Verify",
                        "Verify",
                        "Get",
                        "Get",
                        "Check",
                        "Check",
                        "Confirm",
                        "Make",
                        "Make",
                        "Mint",
                        "ReadHint",
                        "ReadSubject",
                        "SignUserinfo",
                        "SignLogout",
                        "SignAuthorizationResponse",
                        "TellSubject",
                        "SignIntrospection",
                        "Show",
                        "Rotate",
                        "Retire");
        assertThat(messages.stream().flatMap(message -> Arrays.stream(message.getRecordComponents())))
                .extracting(RecordComponent::getType)
                .isNotEmpty()
                .doesNotContain(Bytes.class, byte[].class);
    }

    private static Stream<Class<?>> records(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(WallTest::records)
                : Stream.of(family);
    }
}
