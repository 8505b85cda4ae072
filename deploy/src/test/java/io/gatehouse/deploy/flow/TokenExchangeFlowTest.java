package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an exchanged token ends with, and whom it tells what. */
class TokenExchangeFlowTest extends ExchangeCase {
    private final Person person = new Person(caller.base());

    private String tokenOf(Person user, String scope) {
        return web().tokens(user, scope).text("access_token");
    }

    private void revoke(String clientId, String token) {
        assertThat(caller.post("/oauth2/revoke", basic(clientId), "token", token)
                        .status())
                .isEqualTo(200);
    }

    private void submit(String action, String... fields) {
        Page account = person.open("/account");
        PageForm form = account.forms().stream()
                .filter(one -> one.action().equals(action))
                .findFirst()
                .orElseThrow();
        assertThat(person.submit(account, form, fields).status()).isEqualTo(200);
    }

    @Test
    void itEndsNoLaterThanTheSubjectToken() {
        String subject = userToken("api");
        assertThat(claims(given(exchange("front", subject))).getLong("exp"))
                .isLessThanOrEqualTo(claims(subject).getLong("exp"));
    }

    @Test
    void itEndsWithEachTokenThatItWasMadeOf() {
        String subject = userToken("api");
        String first = given(exchange("front", subject));
        String second = given(exchange("pair", first));
        assertThat(isActive("pair", second)).isTrue();
        revoke("web", subject);
        assertThat(isActive("front", first)).isFalse();
        assertThat(isActive("pair", second)).isFalse();

        String actor = ownToken("front");
        String acting =
                given(exchange("front", userToken("api"), "actor_token", actor, "actor_token_type", ACCESS_TOKEN));
        assertThat(isActive("front", acting)).isTrue();
        revoke("front", actor);
        assertThat(isActive("front", acting)).isFalse();
    }

    @Test
    void itEndsAlone() {
        String subject = userToken("api");
        String token = given(exchange("front", subject));
        revoke("front", token);
        assertThat(isActive("front", token)).isFalse();
        assertThat(isActive("web", subject)).isTrue();
        assertRefused(exchange("pair", token), "invalid_request");
    }

    @Test
    void itEndsWithTheGrant() {
        Answer given = web().tokens(person, "api offline_access");
        String token = given(exchange("pair", given.text("access_token")));
        assertThat(isActive("pair", token)).isTrue();
        revoke("web", given.text("refresh_token"));
        assertThat(isActive("pair", token)).isFalse();
    }

    @Test
    void itEndsWithTheSessionWhateverItsClientCallsThat() {
        String subject = tokenOf(person, "api openid");
        List<String> tokens = List.of(given(exchange("front", subject)), given(exchange("pair", subject)));
        String sid = claims(subject).getString("sid");
        assertThat(claims(tokens.get(0)).getString("sid")).isEqualTo(sid);
        assertThat(claims(tokens.get(1)).getString("sid")).isNotNull().isNotEqualTo(sid);
        tokens.forEach(token -> assertThat(isActive("web", token)).isTrue());

        submit("/account/sessions/end", "sid", sid);
        tokens.forEach(token -> assertThat(isActive("web", token)).isFalse());
    }

    /** The user allowed it the client web, and no other. */
    @Test
    void itEndsWithTheConsentThatTheFirstTokenRestedOn() {
        String direct = given(exchange("front", tokenOf(person, "api offline_access")));
        String further = given(exchange("pair", direct));
        assertThat(isActive("pair", further)).isTrue();
        submit("/account/consents/withdraw", "client_id", "web");
        assertThat(isActive("front", direct)).isFalse();
        assertThat(isActive("pair", further)).isFalse();
    }

    @Test
    void itEndsWithALogoutEverywhere() {
        String token = given(exchange("pair", userToken("api offline_access")));
        Answer login = caller.logIn();
        assertThat(caller.send("POST", "/auth/logout", "", "Authorization", "Bearer " + login.text("access_token"))
                        .status())
                .isLessThan(300);
        assertThat(isActive("pair", token)).isFalse();
    }

    @Test
    void aPairwiseClientIsToldItsOwnNameOfTheUser() {
        String subject = userToken("openid email api");
        String real = claims(subject).getString("sub");
        String told = given(exchange("pair", subject));
        JsonObject claims = claims(told);
        assertThat(claims.getString("sub")).hasSize(22);
        assertThat(claims.encode()).doesNotContain(real);
        JsonObject userinfo = caller.get("/oauth2/userinfo", "Bearer " + told).json();
        assertThat(userinfo.getString("sub")).isEqualTo(claims.getString("sub"));
        assertThat(userinfo.getString("email")).isEqualTo("ada@example.org");

        String back = given(exchange("front", told));
        assertThat(claims(back).getString("sub"))
                .as("of a client with public subjects")
                .isEqualTo(real);
    }

    @Test
    void aClientsOwnTokenStaysAClients() {
        String token = given(exchange("pair", given(exchange("front", ownToken("front")))));
        assertThat(claims(token).getString("sub")).isEqualTo("front");
        assertThat(claims(token).containsKey("sep")).isFalse();
        assertThat(isActive("pair", token)).isTrue();
        String withOpenId = given(exchange(
                "pair",
                post("front", "grant_type", "client_credentials", "scope", "openid")
                        .text("access_token")));
        assertThat(caller.get("/oauth2/userinfo", "Bearer " + withOpenId).status())
                .isEqualTo(401);
    }

    @Test
    void tokensOfOtherFamiliesAreNotExchangedAndNoneIsMade() {
        assertRefused(exchange("front", caller.logIn().text("access_token")), "invalid_request");
        String token = given(exchange("front", userToken("openid api")));
        assertThat(caller.get("/auth/me", "Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void tokensOfManyExchangesAreNoLongerTaken() {
        String token = ownToken("front");
        for (int i = 0; i < 8; i++) {
            token = given(exchange("front", token));
        }
        assertRefused(exchange("front", token), "invalid_request");
    }

    @Test
    void anActorIsTheClientItself() {
        String subject = userToken("api");
        String ofOthers = ownToken("acting");
        String exchanged = given(exchange("front", ownToken("front")));
        for (String actor : List.of(ofOthers, exchanged, userToken("api"))) {
            assertRefused(
                    exchange("front", subject, "actor_token", actor, "actor_token_type", ACCESS_TOKEN),
                    "invalid_request");
        }
    }

    private Answer bound(String clientId, String subject, String proof) {
        String form =
                Caller.form("grant_type", GRANT_TYPE, "subject_token", subject, "subject_token_type", ACCESS_TOKEN);
        return caller.send(
                "POST",
                "/oauth2/token",
                form,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic(clientId),
                "DPoP",
                proof);
    }

    /** The issuer's name in proofs, not the address. */
    @Test
    void theTokenIsBoundToTheKeyOfThisRequest() {
        ProofKey key = ProofKey.make(ISSUER);
        ProofKey other = ProofKey.make(ISSUER);
        String subject = userToken("api");
        Answer answer = bound("front", subject, key.proof());
        String token = given(answer);
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(claims(token).getJsonObject("cnf").getString("jkt")).isEqualTo(key.thumbprint());

        assertThat(claims(given(bound("pair", token, other.proof())))
                        .getJsonObject("cnf")
                        .getString("jkt"))
                .as("whoever authenticates needs no proof of the first key")
                .isEqualTo(other.thumbprint());
        assertThat(claims(given(exchange("pair", token))).containsKey("cnf")).isFalse();
        assertRefused(exchange("bound", subject), "invalid_dpop_proof");
        assertThat(claims(given(bound("bound", subject, key.proof()))).containsKey("cnf"))
                .isTrue();
    }
}
