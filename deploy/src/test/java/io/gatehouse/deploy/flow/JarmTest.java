package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.jarm.JARMValidator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JWT Secured Authorization Response Mode demands of an authorization server. */
class JarmTest {
    private static final String SECRET = "jarm-secret-0123456789abcdef0123456789";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
            %s  users:
                - {username: ada, password: %s, name: Ada Lovelace}
            """.formatted(clients(), RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());

    /** One that names no algorithm, and one per algorithm, which bears its name. */
    private static String clients() {
        StringBuilder clients = new StringBuilder(clientEntry("default", ""));
        for (String algorithm : List.of("RS256", "ES256", "PS256", "EdDSA", "HS256")) {
            clients.append(clientEntry(algorithm, ", authorization_signed_response_alg: " + algorithm));
        }
        return clients.toString().indent(4);
    }

    private static String clientEntry(String clientId, String further) {
        return "- {client_id: %s, client_secret: %s, redirect_uris: [\"%s\"], scope: openid email%s}%n"
                .formatted(clientId, SECRET, CodeFlow.REDIRECT_URI, further);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
    void section3_theResponseIsSignedByTheAlgorithmOfTheClient(String algorithm) throws ParseException {
        CodeFlow client = client(algorithm);
        Map<String, String> answer = authorize(client, "jwt").answer();
        assertThat(answer).containsOnlyKeys("response");
        assertCode(client, check(client, algorithm, answer));
    }

    @Test
    void section3_withoutAnAlgorithmItIsRS256() throws ParseException {
        CodeFlow client = client("default");
        assertCode(client, check(client, "RS256", authorize(client, "query.jwt").answer()));
    }

    @Test
    void section2_3_2_fragmentJwtComesInTheFragment() throws ParseException {
        CodeFlow client = client("ES256");
        Page answer = authorize(client, "fragment.jwt");
        assertThat(answer.location().getRawQuery()).isNull();
        assertThat(answer.fragment()).containsOnlyKeys("response");
        assertCode(client, check(client, "ES256", answer.fragment()));
    }

    @Test
    void section2_3_3_formPostJwtComesByAForm() throws ParseException {
        CodeFlow client = client("ES256");
        Page page = authorize(client, "form_post.jwt");
        assertThat(page.form().action()).isEqualTo(CodeFlow.REDIRECT_URI);
        assertThat(page.form().fields()).containsOnlyKeys("response");
        assertCode(client, check(client, "ES256", page.form().fields()));
    }

    @Test
    void section2_1_errorsAreSignedAsWell() throws ParseException {
        CodeFlow client = client("ES256");
        for (String[] wrong : List.of(
                new String[] {"scope", "admin", "invalid_scope"},
                new String[] {"prompt", "none", "login_required"},
                new String[] {"response_type", "token", "unsupported_response_type"})) {
            Page page = new Person(caller.base())
                    .open(client.request("openid", "response_mode", "jwt", wrong[0], wrong[1]));
            assertThat(page.answer()).containsOnlyKeys("response");
            JWTClaimsSet claims = check(client, "ES256", page.answer());
            assertThat(claims.getStringClaim("error")).isEqualTo(wrong[2]);
            assertThat(claims.getStringClaim("error_description")).isNotEmpty();
            assertThat(claims.getStringClaim("state")).isEqualTo("state-of-the-flow");
            assertThat(claims.getClaim("code")).isNull();
        }
    }

    @Test
    void section2_1_whereTheUserRefusesAsWell() throws ParseException {
        CodeFlow client = client("PS256");
        Person other = new Person(caller.base());
        Page consent = other.logIn(other.open(client.request("openid", "response_mode", "jwt", "prompt", "consent")));
        Page answer = other.submit(consent, "decision", "deny");
        assertThat(check(client, "PS256", answer.answer()).getStringClaim("error"))
                .isEqualTo("access_denied");
    }

    @Test
    void section4_1_itIsForOneClientFromThisIssuerForAWhile() throws ParseException {
        CodeFlow client = client("ES256");
        JWTClaimsSet claims = check(client, "ES256", authorize(client, "jwt").answer());
        assertThat(claims.getIssuer()).isEqualTo(caller.base().toString());
        assertThat(claims.getAudience()).containsExactly("ES256");
        Duration life =
                Duration.between(Instant.now(), claims.getExpirationTime().toInstant());
        assertThat(life).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(claims.getSubject()).as("it is no ID token").isNull();
    }

    @Test
    void section4_4_aLibraryTakesIt() throws Exception {
        CodeFlow client = client("default");
        JARMValidator validator = new JARMValidator(
                new Issuer(caller.base()),
                new ClientID("default"),
                JWSAlgorithm.RS256,
                caller.base().resolve("/oauth2/jwks").toURL());
        AuthorizationResponse response =
                AuthorizationResponse.parse(authorize(client, "jwt").location(), validator);
        assertThat(response.indicatesSuccess()).isTrue();
        String code = response.toSuccessResponse().getAuthorizationCode().getValue();
        assertThat(client.redeem(code).status()).isEqualTo(200);
    }

    @Test
    void section5_theMetadataSaysSo() {
        JsonObject metadata =
                caller.get("/.well-known/openid-configuration", null).json();
        assertThat(metadata.getJsonArray("authorization_signing_alg_values_supported"))
                .isEqualTo(new JsonArray(List.of("RS256", "ES256", "PS256", "EdDSA", "HS256")));
        assertThat(metadata.getJsonArray("response_modes_supported"))
                .contains("query", "query.jwt", "fragment.jwt", "form_post.jwt", "jwt");
    }

    @Test
    void otherModesStayAsTheyAre() {
        CodeFlow client = client("ES256");
        assertThat(authorize(client, "query").answer()).containsKeys("code", "state", "iss");
        assertThat(person.open(client.request("openid", "response_mode", "web_message.jwt"))
                        .answer())
                .containsEntry("error", "invalid_request");
    }

    private Page authorize(CodeFlow client, String responseMode) {
        Page page = person.open(client.request("openid", "response_mode", responseMode));
        for (int i = 0; i < 3 && page.hasForm() && !page.form().action().equals(CodeFlow.REDIRECT_URI); i++) {
            page = page.asksForPassword() ? person.logIn(page) : person.submit(page, "decision", "allow");
        }
        return page;
    }

    private static JWTClaimsSet check(CodeFlow client, String algorithm, Map<String, String> answer) {
        return new JwtCheck(client, JWSAlgorithm.parse(algorithm)).signature(answer.get("response"));
    }

    private void assertCode(CodeFlow client, JWTClaimsSet claims) throws ParseException {
        assertThat(claims.getIssuer()).isEqualTo(caller.base().toString());
        assertThat(claims.getAudience()).containsExactly(client.clientId());
        assertThat(claims.getStringClaim("state")).isEqualTo("state-of-the-flow");
        assertThat(client.redeem(claims.getStringClaim("code")).status()).isEqualTo(200);
    }

    private CodeFlow client(String clientId) {
        return new CodeFlow(caller, clientId, SECRET);
    }
}
