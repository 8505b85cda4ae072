package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OpenID Connect Core, section 8: one user, another name in every sector, and one only in each. */
class PairwiseFlowTest {
    private static final String SCOPE = "openid email";
    private static final String SECRET = "secret-of-the-client-0123456789abcdef0123456789";
    private static final LogoutReceiver RECEIVER = new LogoutReceiver();

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            http_client: {allow: [127.0.0.0/8]}
            bootstrap:
              clients:
            %s%s%s%s  users:
                - {username: ada, password: %s, email: ada@example.org, email_verified: true}
                - {username: eve, password: %5$s}
            """.formatted(
                            client("shop", """
                    subject_type: pairwise
                    sector_identifier_uri: https://shop.example.org/apps.json
                    backchannel_logout_uri: %s
                    """.formatted(RECEIVER.uri())),
                            client("shop-app", """
                    subject_type: pairwise
                    sector_identifier_uri: https://shop.example.org/
                    userinfo_signed_response_alg: ES256
                    """),
                            client("bank", """
                    subject_type: pairwise
                    sector_identifier_uri: https://bank.example.org/
                    id_token_signed_response_alg: HS256
                    """),
                            client("open", "serves: [default]\n"),
                            RunningNode.ADA_PASSWORD))
            // the same after the restart, whatever the port: tokens name it
            .with("issuer", "http://127.0.0.1:18080");

    private Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());

    private static String client(String clientId, String further) {
        return ("""
                - client_id: %s
                  client_secret: %s
                  redirect_uris: [%s]
                  grant_types: [authorization_code, refresh_token]
                  scope: openid email offline_access
                """.formatted(clientId, SECRET, CodeFlow.REDIRECT_URI) + further.indent(2)).indent(4);
    }

    private CodeFlow client(String clientId) {
        return new CodeFlow(caller, clientId, SECRET);
    }

    private static JsonObject idToken(Answer tokens) {
        return BabelBirdCaller.claims(tokens.text("id_token"));
    }

    private static String sub(Answer tokens) {
        return idToken(tokens).getString("sub");
    }

    private JsonObject introspection(String clientId, String token) {
        return caller.post("/oauth2/introspect", Caller.basic(clientId, SECRET), "token", token)
                .json();
    }

    @Test
    void aSectorKnowsAUserByOneNameAndNobodyElseDoes() {
        Answer shop = client("shop").tokens(person, SCOPE);
        Answer app = client("shop-app").tokens(person, SCOPE);
        Answer bank = client("bank").tokens(person, SCOPE);
        JsonObject open = idToken(client("open").tokens(person, SCOPE));

        assertThat(sub(shop)).hasSize(22).isEqualTo(sub(app)).isNotEqualTo(sub(bank));
        assertThat(open.getString("sub")).hasSize(36);
        assertThat(List.of(idToken(shop), idToken(app)))
                .extracting(claims -> claims.getString("sid"))
                .containsOnly(idToken(shop).getString("sid"))
                .doesNotContain(idToken(bank).getString("sid"), open.getString("sid"));
        for (Answer tokens : List.of(shop, app, bank)) {
            String all = idToken(tokens).encode()
                    + BabelBirdCaller.claims(tokens.text("access_token")).encode();
            assertThat(all).doesNotContain(open.getString("sub"), open.getString("sid"));
        }
    }

    @Test
    void everyAnswerUsesThatName() {
        Answer shop = client("shop").tokens(person, SCOPE);
        Answer app = client("shop-app").tokens(person, SCOPE);
        String token = shop.text("access_token");

        assertThat(client("shop").userinfo(token).json())
                .isEqualTo(new JsonObject()
                        .put("sub", sub(shop))
                        .put("email", "ada@example.org")
                        .put("email_verified", true));
        assertThat(BabelBirdCaller.claims(client("shop-app")
                                .userinfo(app.text("access_token"))
                                .body())
                        .getString("sub"))
                .isEqualTo(sub(shop));
        assertThat(BabelBirdCaller.claims(token).getString("sub")).isEqualTo(sub(shop));
        assertThat(introspection("shop", token).getString("sub")).isEqualTo(sub(shop));
        assertThat(introspection("open", token).getString("sub"))
                .as("of a service")
                .isEqualTo(sub(shop));
        JsonObject refreshToken = introspection("shop", shop.text("refresh_token"));
        assertThat(refreshToken.getBoolean("active")).isTrue();
        assertThat(refreshToken.getString("sub")).isEqualTo(sub(shop));
    }

    @Test
    void aRefreshKeepsIt() {
        Answer first = client("shop").tokens(person, "openid offline_access");
        Answer second = client("shop").refresh(first.text("refresh_token"));

        assertThat(sub(second)).isEqualTo(sub(first));
        assertThat(BabelBirdCaller.claims(second.text("access_token")).getString("sub"))
                .isEqualTo(sub(first));
        assertThat(client("shop").userinfo(second.text("access_token")).text("sub"))
                .isEqualTo(sub(first));
    }

    @Test
    void theUsersLogoutEverywhereEndsTheToken() {
        String token = client("shop").tokens(person, "openid offline_access").text("access_token");
        assertThat(client("shop").isActive(token)).isTrue();

        Answer login = caller.logIn();
        assertThat(caller.send("POST", "/auth/logout", "", "Authorization", "Bearer " + login.text("access_token"))
                        .status())
                .isLessThan(300);

        assertThat(client("shop").isActive(token)).isFalse();
        assertThat(client("shop").userinfo(token).status()).isEqualTo(401);
    }

    /** The store knows the user by another name than the token shows. */
    @Test
    void aWithdrawnConsentEndsTheToken() {
        String token = client("shop").tokens(person, SCOPE).text("access_token");
        assertThat(client("shop").isActive(token)).isTrue();
        Page account = person.open("/account");
        PageForm withdrawal = account.forms().stream()
                .filter(form -> form.action().equals("/account/consents/withdraw"))
                .findFirst()
                .orElseThrow();
        assertThat(person.submit(account, withdrawal, "client_id", "shop").status())
                .isEqualTo(200);

        assertThat(client("shop").isActive(token)).isFalse();
        assertThat(client("shop").userinfo(token).status()).isEqualTo(401);
    }

    /** The hint alone names the session, by the sector's name for it; so does the logout token. */
    @Test
    void aLogoutByHintEndsTheSessionAndTellsIt() throws InterruptedException {
        Answer shop = client("shop").tokens(person, SCOPE);
        String ofBank = client("bank").tokens(person, SCOPE).text("access_token");
        Page page = person.open("/oauth2/logout?id_token_hint=" + shop.text("id_token"));

        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.hasForm()).as("somebody was asked").isFalse();
        String form = RECEIVER.next().body();
        JsonObject told = BabelBirdCaller.claims(form.substring("logout_token=".length()));
        assertThat(told.getString("sub")).isEqualTo(sub(shop));
        assertThat(told.getString("sid")).isEqualTo(idToken(shop).getString("sid"));
        assertThat(client("shop").isActive(shop.text("access_token"))).isFalse();
        assertThat(client("bank").isActive(ofBank)).isFalse();
        assertThat(client("shop").refresh(shop.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void aHintMeansTheUserOfThatName() {
        for (String clientId : List.of("shop", "bank")) {
            CodeFlow client = client(clientId);
            String hint = client.tokens(person, SCOPE).text("id_token");
            assertThat(silent(client, "id_token_hint", hint)).doesNotContain("error=");
            String ofEve = client.redeem(client.code(eve(), SCOPE)).text("id_token");
            assertThat(silent(client, "id_token_hint", ofEve)).contains("error=login_required");
        }
        String ofShop = client("shop").tokens(person, SCOPE).text("id_token");
        assertThat(silent(client("shop-app"), "id_token_hint", ofShop)).contains("error=invalid_request");
    }

    /** Else a client that heard of somebody's public name could find out who that is to it. */
    @Test
    void aClaimedSubIsOneThatTheClientWasTold() {
        String ofShop = sub(client("shop").tokens(person, SCOPE));
        String ofBank = sub(client("bank").tokens(person, SCOPE));
        String open = sub(client("open").tokens(person, SCOPE));

        assertThat(claiming("shop", ofShop)).doesNotContain("error=");
        assertThat(claiming("open", open)).doesNotContain("error=");
        assertThat(claiming("shop", ofBank)).contains("error=login_required");
        assertThat(claiming("shop", open)).contains("error=invalid_request");
    }

    @Test
    void aPasswordLoginOfTheClientHasNoOtherName() {
        String sub = sub(client("shop").tokens(person, SCOPE));
        Answer login = caller.logIn("client_id", "shop", "client_secret", SECRET, "scope", "openid");
        String token = login.text("access_token");

        assertThat(BabelBirdCaller.claims(token).getString("sub")).isEqualTo(sub);
        assertThat(caller.get("/auth/me", "Bearer " + token).text("id")).isEqualTo(sub);
        assertThat(client("shop").userinfo(token).text("sub")).isEqualTo(sub);
    }

    @Test
    void aRestartKeepsEveryName() {
        Answer before = client("shop").tokens(person, "openid offline_access");
        NODE.stop();
        NODE.start();
        caller = NODE.caller();

        assertThat(client("shop").userinfo(before.text("access_token")).text("sub"))
                .isEqualTo(sub(before));
        Answer refreshed = client("shop").refresh(before.text("refresh_token"));
        assertThat(sub(refreshed)).isEqualTo(sub(before));
        Person again = new Person(caller.base());
        assertThat(sub(client("shop-app").tokens(again, SCOPE))).isEqualTo(sub(before));
    }

    private Person eve() {
        Person eve = new Person(caller.base());
        Page page = eve.submit(eve.open("/login"), "username", "eve", "password", RunningNode.ADA_PASSWORD);
        assertThat(page.asksForPassword()).isFalse();
        return eve;
    }

    private String silent(CodeFlow client, String... more) {
        String[] parameters = Arrays.copyOf(more, more.length + 2);
        parameters[more.length] = "prompt";
        parameters[more.length + 1] = "none";
        return person.open(client.request(SCOPE, parameters)).location().toString();
    }

    private String claiming(String clientId, String sub) {
        JsonObject wish =
                new JsonObject().put("id_token", new JsonObject().put("sub", new JsonObject().put("value", sub)));
        return silent(client(clientId), "claims", wish.encode());
    }
}
