package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RFC 9449, as far as the token role can tell: a gateway's mistake must not unbind what is bound. */
class KeyBindingTest {
    private static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final String OTHER = "1ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static TokenNode node;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static void assertBound(Issuer.Issue request) {
        JsonObject claims = Jwts.claims(node.ask(request).accessToken());
        assertThat(claims.getJsonObject("cnf")).isEqualTo(new JsonObject().put("jkt", KEY));
    }

    private static void assertRefused(Issuer.Issue request, Code code) {
        assertThat(((Protocol) node.refusal(request)).code()).isEqualTo(code);
    }

    private Issuer.Issue byTheClient(String proved) {
        Issuer.Issue plain = node.request(sample.client(), Samples.SECRET, "api");
        return new Issuer.Issue(
                plain.tenant(),
                plain.authority(),
                plain.scope(),
                null,
                null,
                proved == null ? null : new TokenTerms(proved, null));
    }

    @Test
    void aProvedKeyStandsInTheToken() {
        assertBound(node.request(sample.ticket(), "api", KEY));
        assertBound(byTheClient(KEY));
    }

    @Test
    void withoutOneThereIsNoCnf() {
        assertThat(Jwts.claims(node.ask(byTheClient(null)).accessToken()).containsKey("cnf"))
                .isFalse();
        Issuer.Issue onTerms = new Issuer.Issue(
                "main",
                node.request(sample.ticket(), "api").authority(),
                Scope.parse("api"),
                null,
                null,
                new TokenTerms(null, null));
        assertThat(Jwts.claims(node.ask(onTerms).accessToken()).containsKey("cnf"))
                .isFalse();
    }

    @Test
    void aBoundTicketWantsItsOwnKey() {
        sample.confirmation = KEY;
        assertBound(node.request(sample.ticket(), "api", KEY));
        assertRefused(node.request(sample.ticket(), "api", OTHER), Code.INVALID_GRANT);
        assertRefused(node.request(sample.ticket(), "api", null), Code.INVALID_GRANT);
    }

    @Test
    void aClientOfBoundTokensGetsNoOthers() {
        sample.oauth = new OAuthRegistration(null, null, true, null);
        assertRefused(byTheClient(null), Code.INVALID_DPOP_PROOF);
        assertBound(byTheClient(KEY));
    }
}
