package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.SecurityProfile;
import io.gatehouse.gateway.oauth.IntrospectionService.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask about what: of tokens that are not its own, a client learns by what it serves. */
class IntrospectionServiceTest {
    private final TestNode node = new TestNode();
    private Knowledge knowledge;
    private IntrospectionService introspection;

    @BeforeEach
    void start() {
        node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        knowledge = node.knowledge();
        introspection = node.protocol(knowledge).introspection();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Answer ask(Client caller, String token) {
        return await(introspection.introspect(Samples.authenticated(caller), token));
    }

    private static String token(String clientId, Object audience) {
        Map<String, Object> claims = claims("client_id", clientId);
        claims.put("aud", audience);
        return signed(claims);
    }

    @ParameterizedTest
    @CsvSource({
        "web, " + TestNode.ISSUER + ", true", // its own token
        "other, " + TestNode.ISSUER + ", true", // who says nothing serves the default audience
        "web, https://api.example.org, true",
        "other, https://api.example.org, false",
        "other, other, true", // it is the audience
        "other, web, false",
        "other, " + TestNode.ISSUER + "/, false",
        "other, OTHER, false"
    })
    void aConfidentialClientMayAsk(String caller, String audience, boolean active) {
        Answer answer = ask(Samples.client(caller), token("web", audience));

        assertThat(answer.accessToken() != null).isEqualTo(active);
        assertThat(answer.refreshToken()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "default, " + TestNode.ISSUER + ", true",
        "default, https://api.example.org, false",
        "https://api.example.org, https://api.example.org, true",
        "https://api.example.org, https://api.example.org/, false",
        "https://api.example.org, https://api.example.org/orders, false",
        "https://api.example.org, " + TestNode.ISSUER + ", false"
    })
    void aServiceMayAskAboutTokensForIt(String served, String audience, boolean active) {
        Client service = served.equals("default")
                ? Samples.serving("other", List.of(), true)
                : Samples.serving("other", List.of(served), false);

        assertThat(ask(service, token("web", audience)).accessToken() != null).isEqualTo(active);
    }

    @Test
    void aClientOfAProfileServesOnlyWhatItSays() {
        Client fapi = Samples.registered(
                "other",
                new OAuthRegistration(null, null, false, null, null, null, null, SecurityProfile.FAPI_2_SECURITY));

        assertThat(ask(fapi, token("web", TestNode.ISSUER)).accessToken()).isNull();
        assertThat(ask(fapi, token("other", TestNode.ISSUER)).accessToken()).isNotNull();
    }

    @Test
    void aClientThatRegisteredItselfServesNothing() {
        Client stranger = Samples.stranger("other");

        assertThat(ask(stranger, token("web", TestNode.ISSUER)).accessToken()).isNull();
        assertThat(ask(stranger, token("other", TestNode.ISSUER)).accessToken()).isNotNull();
    }

    /** Of one that names the issuer besides, which it does not serve. */
    @Test
    void oneOfSeveralAudiencesIsEnough() {
        assertThat(ask(Samples.client("other"), token("web", List.of("x", "other")))
                        .accessToken())
                .isNotNull();
        assertThat(ask(Samples.serving("other", List.of("x"), false), token("web", List.of("x", TestNode.ISSUER)))
                        .accessToken())
                .isNotNull();
        assertThat(ask(Samples.client("other"), token("web", List.of("x", "y"))).accessToken())
                .isNull();
        assertThat(ask(Samples.client("other"), token("web", List.of())).accessToken())
                .isNull();
    }

    @Test
    void aConfiguredDefaultAudienceTakesTheIssuersPlace() {
        IntrospectionService configured = new IntrospectionService(
                node.bus, node.protocol(knowledge).inspector(), new DefaultAudience("https://api.example.org"));
        AuthenticatedClient other = Samples.authenticated(Samples.serving("other", List.of(), true));

        assertThat(await(configured.introspect(other, token("web", "https://api.example.org")))
                        .accessToken())
                .isNotNull();
        assertThat(await(configured.introspect(other, token("web", TestNode.ISSUER)))
                        .accessToken())
                .isNull();
    }

    @Test
    void aPublicClientLearnsNothing() {
        assertThat(ask(Samples.publicClient("web"), token("web", TestNode.ISSUER)))
                .isEqualTo(Answer.INACTIVE);
        assertThat(ask(
                        Samples.publicClient("web"),
                        RefreshToken.first(Samples.GRANT).encode().reveal()))
                .isEqualTo(Answer.INACTIVE);
        assertThat(node.asked(Grants.Find.class)).isEmpty();
    }

    @Test
    void whatIsNotValidIsNotActive() {
        Client web = Samples.client("web");
        String good = token("web", TestNode.ISSUER);

        assertThat(ask(web, "")).isEqualTo(Answer.INACTIVE);
        assertThat(ask(web, "nonsense")).isEqualTo(Answer.INACTIVE);
        assertThat(ask(web, "x".repeat(20_000))).isEqualTo(Answer.INACTIVE);
        assertThat(ask(web, good.substring(0, good.length() - 2))).isEqualTo(Answer.INACTIVE);
        assertThat(ask(web, good).accessToken()).isNotNull();
        node.clock.pass(Duration.ofMinutes(10));
        assertThat(ask(web, good)).isEqualTo(Answer.INACTIVE);
    }

    @Test
    void aRefreshTokenIsFoundByItsOwnClient() {
        RefreshToken token = RefreshToken.first(Samples.GRANT);
        node.on(
                Grants.Find.class,
                find -> new Grants.Found(find.clientId().equals("web") ? Samples.grant("web") : null));

        assertThat(ask(Samples.client("web"), token.encode().reveal()).refreshToken())
                .isEqualTo(Samples.grant("web"));
        assertThat(ask(Samples.client("other"), token.encode().reveal())).isEqualTo(Answer.INACTIVE);
        assertThat(node.asked(Grants.Find.class).getFirst())
                .isEqualTo(new Grants.Find("main", "web", Samples.GRANT, token.familyDigest(), token.secretDigest()));
    }

    /** "Not active" would be a lie that somebody acts upon. */
    @Test
    void whatCantBeToldIsUnavailable() {
        node.failing(Grants.Find.class, new OAuthError.Unavailable("store"));
        node.failing(VerificationKeys.Get.class, new OAuthError.Unavailable("token"));
        AuthenticatedClient web = Samples.authenticated(Samples.client("web"));

        assertThat(refusal(introspection.introspect(
                        web, RefreshToken.first(Samples.GRANT).encode().reveal())))
                .isEqualTo(new OAuthError.Unavailable("store"));
        assertThat(refusal(introspection.introspect(web, token("web", "x"))))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }
}
