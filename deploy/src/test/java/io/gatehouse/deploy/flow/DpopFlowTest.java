package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9449: tokens that are worth nothing without the key that they are bound to. */
class DpopFlowTest {
    private static final String SECRET = "secret-of-the-client-0123456789abcdef";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: service, client_secret: %1$s, grant_types: [client_credentials], scope: api,
                   dpop_bound_access_tokens: true}
                - {client_id: web, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid email,
                   grant_types: [authorization_code, refresh_token], userinfo_signed_response_alg: ES256}
                - {client_id: spa, token_endpoint_auth_method: none, redirect_uris: ["%2$s"], scope: openid email,
                   grant_types: [authorization_code, refresh_token]}
              users:
                - {username: ada, password: ada-demo-password, email: ada@example.org, email_verified: true}
            """.formatted(SECRET, CodeFlow.REDIRECT_URI));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final CodeFlow spa = new CodeFlow(caller, "spa", null);
    private final ProofKey key = ProofKey.make(caller.base());
    private final ProofKey thief = ProofKey.make(caller.base());

    /** @param proof null: none */
    private static String[] headers(String clientId, String proof) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
        if (!clientId.equals("spa")) {
            headers.addAll(List.of("Authorization", Caller.basic(clientId, SECRET)));
        }
        if (proof != null) {
            headers.addAll(List.of("DPoP", proof));
        }
        return headers.toArray(String[]::new);
    }

    private Answer token(String clientId, String proof, String... pairs) {
        String form = Caller.form(pairs) + (clientId.equals("spa") ? "&client_id=spa" : "");
        return caller.send("POST", "/oauth2/token", form, headers(clientId, proof));
    }

    private Answer redeem(CodeFlow flow, String proof, String... more) {
        return redeemCode(flow, proof, flow.code(person, "openid email", more));
    }

    private Answer redeemCode(CodeFlow flow, String proof, String code) {
        return token(
                flow.clientId(),
                proof,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CodeFlow.REDIRECT_URI,
                "code_verifier",
                CodeFlow.VERIFIER);
    }

    private Answer refresh(String clientId, String proof, Answer tokens) {
        return token(clientId, proof, "grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"));
    }

    private Answer userinfo(String scheme, String accessToken, String proof) {
        return proof == null
                ? caller.get("/oauth2/userinfo", scheme + " " + accessToken)
                : caller.send(
                        "GET", "/oauth2/userinfo", "", "Authorization", scheme + " " + accessToken, "DPoP", proof);
    }

    private static Object boundTo(Answer tokens) throws Exception {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        return SignedJWT.parse(tokens.text("access_token"))
                .getJWTClaimsSet()
                .getJSONObjectClaim("cnf")
                .get("jkt");
    }

    @Test
    void aClientThatRegisteredForBoundTokensGetsNoOthers() throws Exception {
        assertThat(token("service", null, "grant_type", "client_credentials").error())
                .isEqualTo("400 invalid_dpop_proof");
        assertThat(boundTo(token("service", key.proof(), "grant_type", "client_credentials")))
                .isEqualTo(key.thumbprint());
        Answer elsewhere = caller.post(
                "/auth/login",
                null,
                "username",
                "ada",
                "password",
                RunningNode.ADA_PASSWORD,
                "client_id",
                "service",
                "client_secret",
                SECRET);
        assertThat(elsewhere.status()).isEqualTo(403);
    }

    @Test
    void sixtyFourUsesOfOneProofGiveOneToken() {
        String proof = key.proof();
        List<CompletableFuture<Answer>> underway = IntStream.range(0, 64)
                .mapToObj(i -> caller.sendLater(
                        "POST", "/oauth2/token", "grant_type=client_credentials", headers("service", proof)))
                .toList();
        List<Answer> answers = underway.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.error().equals("400 invalid_dpop_proof"));
    }

    @Test
    void aBoundTokenOpensUserinfoWithItsKeyOnly() throws Exception {
        Answer tokens = redeem(spa, key.proof());
        assertThat(boundTo(tokens)).isEqualTo(key.thumbprint());
        String accessToken = tokens.text("access_token");

        assertThat(userinfo("DPoP", accessToken, key.proof(accessToken)).text("email"))
                .isEqualTo("ada@example.org");
        assertThat(userinfo("Bearer", accessToken, null).error()).isEqualTo("401 invalid_token");
        assertThat(userinfo("Bearer", accessToken, key.proof(accessToken)).error())
                .isEqualTo("401 invalid_token");
        assertThat(userinfo("DPoP", accessToken, null).error()).isEqualTo("401 invalid_dpop_proof");
        assertThat(userinfo("DPoP", accessToken, thief.proof(accessToken)).error())
                .isEqualTo("401 invalid_dpop_proof");
    }

    @Test
    void userinfoOfABoundTokenIsSignedToo() throws Exception {
        String accessToken = redeem(web, key.proof()).text("access_token");
        Answer answer = userinfo("DPoP", accessToken, key.proof(accessToken));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(SignedJWT.parse(answer.body()).getJWTClaimsSet().getStringClaim("email"))
                .isEqualTo("ada@example.org");
    }

    @Test
    void introspectionTellsResourceServersTheKey() {
        String accessToken = redeem(web, key.proof()).text("access_token");
        Answer answer = caller.post("/oauth2/introspect", Caller.basic("web", SECRET), "token", accessToken);

        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.json().getJsonObject("cnf").getString("jkt")).isEqualTo(key.thumbprint());
    }

    @Test
    void aPublicClientsRefreshTokenIsWorthNothingWithoutItsKey() throws Exception {
        Answer first = redeem(spa, key.proof());
        assertThat(refresh("spa", null, first).error()).isEqualTo("400 invalid_grant");
        assertThat(refresh("spa", thief.proof(), first).error()).isEqualTo("400 invalid_grant");

        Answer second = refresh("spa", key.proof(), first);
        assertThat(boundTo(second)).isEqualTo(key.thumbprint());
        assertThat(boundTo(refresh("spa", key.proof(), second))).isEqualTo(key.thumbprint());
    }

    @Test
    void aConfidentialClientMayChangeItsKey() throws Exception {
        Answer first = redeem(web, key.proof(), "dpop_jkt", key.thumbprint());
        Answer second = refresh("web", thief.proof(), first);
        assertThat(boundTo(second)).isEqualTo(thief.thumbprint());
        assertThat(refresh("web", null, second).text("token_type")).isEqualTo("Bearer");
    }

    /** Section 10.1: the proof of a pushed request says what dpop_jkt says. */
    @Test
    void aPushedRequestsProofBindsItsCode() throws Exception {
        for (CodeFlow flow : List.of(web, spa)) {
            assertThat(redeemPushed(flow, null).error()).isEqualTo("400 invalid_grant");
            assertThat(redeemPushed(flow, thief.proof()).error()).isEqualTo("400 invalid_grant");
            assertThat(boundTo(redeemPushed(flow, key.proof()))).isEqualTo(key.thumbprint());
        }
    }

    /** The code of a request that was pushed with a proof of the key. */
    private Answer redeemPushed(CodeFlow flow, String proof) {
        String request = flow.request("openid email");
        Answer pushed = caller.send(
                "POST",
                "/oauth2/par",
                request.substring(request.indexOf('?') + 1),
                headers(flow.clientId(), key.posted("/oauth2/par")));
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
        Page answer = person.goOn(person.open("/oauth2/authorize?"
                + Caller.form("client_id", flow.clientId(), "request_uri", pushed.text("request_uri"))));
        return redeemCode(flow, proof, answer.code());
    }

    @Test
    void aCodeThatIsBoundToAKeyIsWorthNothingWithoutIt() throws Exception {
        String jkt = key.thumbprint();
        for (CodeFlow flow : List.of(web, spa)) {
            assertThat(redeem(flow, null, "dpop_jkt", jkt).error()).isEqualTo("400 invalid_grant");
            assertThat(redeem(flow, thief.proof(), "dpop_jkt", jkt).error()).isEqualTo("400 invalid_grant");
            assertThat(boundTo(redeem(flow, key.proof(), "dpop_jkt", jkt))).isEqualTo(jkt);
        }
    }
}
