package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 7662 demands of an authorization server, and who learns of what. */
class Rfc7662Test {
    private static final String NOT_ACTIVE = "{\"active\":false}";

    @RegisterExtension
    static final RunningNode NODE = Services.node();

    private final Caller caller = NODE.caller();
    private final Services services = new Services(caller);
    private final Person person = new Person(caller.base());

    @Test
    @DisplayName("RFC 7662, 2.1: the request is a form by POST that has a token")
    void theRequestIsAPostThatHasAToken() {
        assertThat(caller.post("/oauth2/introspect", Services.basic("web")).error())
                .isEqualTo("400 invalid_request");
        assertThat(services.introspect("web", "").error()).isEqualTo("400 invalid_request");
        assertThat(services.introspect("web", "x", "token", "y").error()).isEqualTo("400 invalid_request");
        String token = services.token();
        assertThat(caller.postJson("/oauth2/introspect", Services.basic("web"), "{\"token\":\"" + token + "\"}")
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(caller.get("/oauth2/introspect?token=" + token, Services.basic("web"))
                        .status())
                .isEqualTo(405);
    }

    @Test
    @DisplayName("RFC 7662, 2.1: whoever asks must be authorized to")
    void whoeverAsksMustBeAuthorized() {
        String token = services.token();
        assertThat(caller.post("/oauth2/introspect", null, "token", token).error())
                .isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/introspect", Caller.basic("web", "wrong-" + Services.SECRET), "token", token)
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/introspect", "Bearer " + token, "token", token)
                        .error())
                .isEqualTo("401 invalid_client");
        String own = services.login("spa", person).text("access_token");
        assertThat(caller.post("/oauth2/introspect", null, "client_id", "spa", "token", own)
                        .body())
                .as("a public client is nobody")
                .isEqualTo(NOT_ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "nonsense", ""})
    @DisplayName("RFC 7662, 2.1: a token is found whatever token_type_hint says")
    void aTokenIsFoundWhateverItsHint(String hint) {
        Answer tokens = services.login("web", person);
        for (String name : new String[] {"access_token", "refresh_token"}) {
            assertThat(services.introspect("web", tokens.text(name), "token_type_hint", hint)
                            .json()
                            .getBoolean("active"))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("RFC 7662, 2.2: an active token is told with what it is")
    void anActiveTokenIsToldWithWhatItIs() {
        Answer answer = services.introspect("web", services.token());
        JsonObject told = answer.json();
        long now = Instant.now().getEpochSecond();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(told.getBoolean("active")).isTrue();
        assertThat(told.getString("client_id")).isEqualTo("web");
        assertThat(told.getString("scope")).isEqualTo("api");
        assertThat(told.getString("token_type")).isEqualTo("Bearer");
        assertThat(told.getString("iss"))
                .isEqualTo(told.getString("aud"))
                .isEqualTo(caller.base().toString());
        assertThat(told.getString("jti")).isNotEmpty();
        assertThat(told.getLong("iat")).isLessThanOrEqualTo(now);
        assertThat(told.getLong("exp")).isGreaterThan(now);
    }

    @Test
    @DisplayName("RFC 7662, 2.2: of a token that is not active nothing else is told")
    void ofATokenThatIsNotActiveNothingElseIsTold() {
        String revoked = services.token();
        services.revoke("web", revoked);
        for (String token : new String[] {"x", "a.b.c", "A".repeat(86), "x".repeat(20_000), revoked, revoked + "x"}) {
            Answer answer = services.introspect("web", token);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(NOT_ACTIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // for the default audience, for the orders, for app:named
        "web, true, true, true",
        "api, true, false, false",
        "orders, false, true, false",
        "app:named, true, false, true",
        "other, false, false, false"
    })
    @DisplayName("RFC 7662, 2.2: a token is not active for whom it is no business of")
    void aTokenIsNotActiveForWhomItIsNoBusinessOf(String asker, boolean byDefault, boolean orders, boolean named) {
        assertThat(services.isActive(asker, services.token())).isEqualTo(byDefault);
        assertThat(services.isActive(asker, services.token("resource", Services.ORDERS)))
                .isEqualTo(orders);
        assertThat(services.isActive(asker, services.token("resource", "app:named")))
                .isEqualTo(named);
        String forTwo = services.token("resource", Services.ORDERS, "resource", "app:named");
        assertThat(services.isActive(asker, forTwo)).isEqualTo(orders || named);
    }

    @Test
    @DisplayName("RFC 7662, 2.2: a refresh token is the business of its own client alone")
    void aRefreshTokenIsTheBusinessOfItsOwnClient() {
        String token = services.login("web", person).text("refresh_token");
        JsonObject told = services.introspect("web", token).json();
        assertThat(told.getString("token_type")).isEqualTo("refresh_token");
        assertThat(told.getString("sub")).isNotEmpty();
        for (String asker : new String[] {"api", "orders", "other"}) {
            assertThat(services.introspect(asker, token).body()).as(asker).isEqualTo(NOT_ACTIVE);
        }
        assertThat(services.flow("web").refresh(token).status())
                .as("it is untouched")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("RFC 7662, 4: a token that was revoked is not active at once")
    void aTokenThatWasRevokedIsNotActiveAtOnce() {
        Answer tokens = services.login("web", person);
        assertThat(services.isActive("api", tokens.text("access_token"))).isTrue();
        services.revoke("web", tokens.text("refresh_token"));
        assertThat(services.isActive("api", tokens.text("access_token"))).isFalse();
        assertThat(services.isActive("web", tokens.text("refresh_token"))).isFalse();
    }

    @Test
    @DisplayName("RFC 7662, 4: another tenant's token is no token")
    void anotherTenantsTokenIsNoToken() {
        assertThat(caller.post("/t/nobody/oauth2/introspect", Services.basic("web"), "token", services.token())
                        .status())
                .isEqualTo(404);
    }
}
