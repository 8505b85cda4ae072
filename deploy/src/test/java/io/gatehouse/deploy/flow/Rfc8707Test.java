package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 8707: tokens for the services that the client names. */
class Rfc8707Test {
    private static final String SECRET = "secret-of-the-client-0123456789abcdef";
    private static final String MAPS = "https://maps.example.org/";
    private static final String MAIL = "urn:example:mail";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: web, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid email api,
                   grant_types: [authorization_code, refresh_token, client_credentials], resources: ["%3$s", "%4$s"]}
                - {client_id: plain, client_secret: %1$s, scope: api, grant_types: [client_credentials]}
                - {client_id: "%3$s", client_secret: %1$s, scope: api, grant_types: [client_credentials]}
              users:
                - {username: ada, password: ada-demo-password, email: ada@example.org, email_verified: true}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI, MAPS, MAIL));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);

    private Answer token(String clientId, String... pairs) {
        return caller.post("/oauth2/token", Caller.basic(clientId, SECRET), pairs);
    }

    private static List<String> audience(Answer tokens) throws ParseException {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet().getAudience();
    }

    private Answer redeem(String code, String... more) {
        String[] usual = {
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            CodeFlow.REDIRECT_URI,
            "code_verifier",
            CodeFlow.VERIFIER
        };
        return token("web", joined(usual, more));
    }

    private Answer refresh(Answer tokens, String... more) {
        String[] usual = {"grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")};
        return token("web", joined(usual, more));
    }

    private static String[] joined(String[] usual, String[] more) {
        return Stream.of(usual, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private boolean isActive(String asker, Answer tokens) {
        return caller.post(
                        "/oauth2/introspect",
                        Caller.basic(URLEncoder.encode(asker, StandardCharsets.UTF_8), SECRET),
                        "token",
                        tokens.text("access_token"))
                .json()
                .getBoolean("active");
    }

    @Test
    @DisplayName("RFC 8707, 2: the resource is the audience")
    void theResourceIsTheAudience() throws Exception {
        assertThat(audience(token("web", "grant_type", "client_credentials", "resource", MAPS)))
                .containsExactly(MAPS);
        assertThat(audience(token("web", "grant_type", "client_credentials", "resource", MAPS, "resource", MAIL)))
                .containsExactly(MAPS, MAIL);
        assertThat(audience(token("web", "grant_type", "client_credentials")))
                .containsExactly(caller.base().toString());
    }

    @Test
    @DisplayName("RFC 8707, 2: another resource is an invalid target")
    void anotherResourceIsAnInvalidTarget() {
        for (String clientId : List.of("web", "plain")) {
            Answer refused =
                    token(clientId, "grant_type", "client_credentials", "resource", "https://other.example.org/");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("error")).isEqualTo("invalid_target");
        }
        Page sentBack = person.open(web.request("api", "resource", "https://other.example.org/"));
        assertThat(sentBack.location().toString()).contains("error=invalid_target");
    }

    @Test
    @DisplayName("RFC 8707, 2.2: a grant is for what its request named")
    void aGrantIsForWhatItsRequestNamed() throws Exception {
        Answer tokens = redeem(web.code(person, "api", "resource", MAPS));
        assertThat(audience(tokens)).containsExactly(MAPS);
        assertThat(audience(refresh(tokens))).containsExactly(MAPS);
    }

    @Test
    @DisplayName("RFC 8707, 2.2: tokens are narrowed and never widened")
    void tokensAreNarrowedAndNeverWidened() throws Exception {
        Answer wider = redeem(web.code(person, "api", "resource", MAPS), "resource", MAIL);
        assertThat(wider.text("error")).isEqualTo("invalid_target");
        Answer tokens = redeem(web.code(person, "api", "resource", MAPS));
        assertThat(refresh(tokens, "resource", MAIL).text("error")).isEqualTo("invalid_target");
        assertThat(audience(refresh(tokens, "resource", MAPS))).containsExactly(MAPS);
    }

    @Test
    @DisplayName("RFC 8707, 3: a token for one service is worth nothing at another")
    void aTokenForOneServiceIsWorthNothingAtAnother() {
        Answer tokens = redeem(web.code(person, "openid email", "resource", MAPS));
        assertThat(web.userinfo(tokens.text("access_token")).status()).isEqualTo(401);
        assertThat(isActive("plain", tokens)).isFalse();
        assertThat(isActive("web", tokens)).isTrue();
        assertThat(isActive(MAPS, tokens)).isTrue();
    }
}
