package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A code is worth nothing to another client, another login or another server (RFC 9700, sections 4.4 and 4.5). */
class CodeInjectionTest {
    private static final String SECRET = "web-secret-0123456789abcdef0123456789";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              tenants:
                - {id: other}
              clients:
                - {client_id: web, client_secret: %1$s, redirect_uris: [%2$s], scope: openid}
                - {client_id: next, client_secret: %1$s, redirect_uris: [%2$s], scope: openid}
                - {client_id: web, client_secret: %1$s, redirect_uris: [%2$s], scope: openid, tenant: other}
              users:
                - {username: ada, password: ada-demo-password}
                - {username: ada, password: ada-demo-password, tenant: other}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI));

    private final Caller caller = NODE.caller();
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final CodeFlow next = new CodeFlow(caller, "next", SECRET);
    private final Person victim = new Person(caller.base());
    private final Person attacker = new Person(caller.base());

    @Test
    void aCodeOfAnotherLoginFailsByThisOnesVerifier() {
        String stolen = web.code(victim, "openid", "code_challenge", CodeFlow.challenge("v".repeat(43)));
        assertThat(web.redeem(stolen).error()).isEqualTo("400 invalid_grant");
    }

    /** Without PKCE the client sees it by the nonce, which is that of the login the code came from. */
    @Test
    void orByItsNonce() throws Exception {
        String stolen = web.code(
                victim, "openid", "nonce", "the-victims", "code_challenge", null, "code_challenge_method", null);
        Answer tokens = web.redeemBy(stolen, null);
        assertThat(new JwtCheck(web, JWSAlgorithm.RS256)
                        .signature(tokens.text("id_token"))
                        .getStringClaim("nonce"))
                .isEqualTo("the-victims");
    }

    @Test
    void aCodeOfAnotherClientGivesNothing() {
        String code = web.code(victim, "openid");
        assertThat(next.redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void aCodeOfAnotherTenantGivesNothing() {
        Page answer = victim.goOn(victim.open("/t/other" + web.request("openid")));
        assertThat(web.redeem(answer.code()).error()).isEqualTo("400 invalid_grant");
    }

    /** What an attacker began, and what only the attacker's browser was given, can't be finished by a victim. */
    @Test
    void aRequestThatAnotherBrowserBeganIsNotTakenUp() {
        String resume = attacker.logIn(attacker.open(web.request("openid", "prompt", "consent")))
                .uri()
                .toString();
        assertThat(resume).contains("/oauth2/authorize?resume=");
        victim.logIn(victim.open("/login"));
        Page page = victim.open(resume);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.hasForm()).isFalse();
    }

    /** RFC 9207: good news and bad tell who they are from. */
    @Test
    void everyAnswerNamesItsIssuer() {
        String issuer = caller.base().toString();
        for (String tenant : new String[] {"", "/t/other"}) {
            Map<String, String> error = victim.open(tenant + web.request("openid", "prompt", "none"))
                    .answer();
            assertThat(error).containsEntry("error", "login_required").containsEntry("iss", issuer + tenant);
            Page code = victim.goOn(victim.open(tenant + web.request("openid")));
            assertThat(code.answer()).containsKey("code").containsEntry("iss", issuer + tenant);
            Page fragment = victim.open(tenant + web.request("openid", "response_mode", "fragment"));
            assertThat(fragment.fragment()).containsEntry("iss", issuer + tenant);
            Page form = victim.open(tenant + web.request("openid", "response_mode", "form_post"));
            assertThat(form.form().fields()).containsEntry("iss", issuer + tenant);
        }
    }
}
