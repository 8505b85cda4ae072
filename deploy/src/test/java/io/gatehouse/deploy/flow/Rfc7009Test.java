package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 7009 demands of an authorization server. */
class Rfc7009Test {
    @RegisterExtension
    static final RunningNode NODE = Services.node();

    private final Caller caller = NODE.caller();
    private final Services services = new Services(caller);
    private final Person person = new Person(caller.base());

    @Test
    @DisplayName("RFC 7009, 2.1: the request is a form by POST that has a token")
    void theRequestIsAPostThatHasAToken() {
        assertThat(caller.post("/oauth2/revoke", Services.basic("web")).error()).isEqualTo("400 invalid_request");
        String token = services.token();
        assertThat(caller.get("/oauth2/revoke?token=" + token, Services.basic("web"))
                        .status())
                .isEqualTo(405);
        assertThat(services.isActive("web", token)).isTrue();
    }

    @Test
    @DisplayName("RFC 7009, 2.1: the client's credentials are checked first")
    void theCredentialsAreCheckedFirst() {
        String token = services.token();
        assertThat(caller.post("/oauth2/revoke", null, "token", token).error()).isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/revoke", Caller.basic("web", "wrong-" + Services.SECRET), "token", token)
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(services.isActive("web", token)).isTrue();
    }

    @Test
    @DisplayName("RFC 7009, 2.1: another client's token is refused and lives on")
    void anotherClientsTokenIsRefused() {
        Answer tokens = services.login("web", person);
        for (String other : new String[] {"api", "other", "orders"}) {
            assertThat(services.revoke(other, tokens.text("access_token")).error())
                    .isEqualTo("400 unauthorized_client");
            assertThat(services.revoke(other, tokens.text("refresh_token")).error())
                    .isEqualTo("400 unauthorized_client");
        }
        assertThat(services.isActive("web", tokens.text("access_token"))).isTrue();
        assertThat(services.isActive("web", tokens.text("refresh_token"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "access_token, refresh_token",
        "access_token, nonsense",
        "refresh_token, access_token",
        "refresh_token, nonsense",
        "refresh_token, ''"
    })
    @DisplayName("RFC 7009, 2.1: a token is found whatever token_type_hint says")
    void aTokenIsFoundWhateverItsHint(String type, String hint) {
        String token = services.login("web", person).text(type);
        assertThat(services.revoke("web", token, "token_type_hint", hint).status())
                .isEqualTo(200);
        assertThat(services.isActive("web", token)).isFalse();
    }

    @Test
    @DisplayName("RFC 7009, 2.1: the token is invalid at once")
    void theTokenIsInvalidAtOnce() {
        String token = services.login("web", person).text("access_token");
        assertThat(caller.get("/oauth2/userinfo", "Bearer " + token).status()).isEqualTo(200);
        assertThat(services.revoke("web", token).status()).isEqualTo(200);
        assertThat(caller.get("/oauth2/userinfo", "Bearer " + token).status()).isEqualTo(401);
        assertThat(services.isActive("api", token)).isFalse();
    }

    @Test
    @DisplayName("RFC 7009, 2.1: with a refresh token go the access tokens of its grant")
    void withARefreshTokenGoItsAccessTokens() {
        Answer tokens = services.login("web", person);
        Answer refreshed = services.flow("web").refresh(tokens.text("refresh_token"));
        assertThat(services.revoke("web", refreshed.text("refresh_token")).status())
                .isEqualTo(200);
        assertThat(services.isActive("web", tokens.text("access_token"))).isFalse();
        assertThat(services.isActive("web", refreshed.text("access_token"))).isFalse();
        assertThat(services.flow("web").refresh(refreshed.text("refresh_token")).error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 7009, 2.1: a public client revokes its own tokens")
    void aPublicClientRevokesItsOwnTokens() {
        Answer tokens = services.login("spa", person);
        String foreign = services.token();
        assertThat(caller.post("/oauth2/revoke", null, "client_id", "spa", "token", foreign)
                        .error())
                .isEqualTo("400 unauthorized_client");
        assertThat(caller.post("/oauth2/revoke", null, "client_id", "spa", "token", tokens.text("refresh_token"))
                        .status())
                .isEqualTo(200);
        assertThat(services.flow("spa").refresh(tokens.text("refresh_token")).error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 7009, 2.2: an invalid token is a success")
    void anInvalidTokenIsASuccess() {
        String token = services.token();
        for (String invalid : List.of("x", "a.b.c", "A".repeat(86), "x".repeat(20_000), token + "x", token, token)) {
            assertThat(services.revoke("web", invalid).status()).as(invalid).isEqualTo(200);
        }
        assertThat(services.isActive("web", token)).isFalse();
    }

    @Test
    @DisplayName("RFC 7009, 2.2: of many that revoke one token at once all succeed")
    void manyMayRevokeOneTokenAtOnce() {
        String token = services.login("web", person).text("refresh_token");
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 16)
                .mapToObj(i -> caller.postLater("/oauth2/revoke", Services.basic("web"), "token", token))
                .toList();
        assertThat(answers).allMatch(answer -> answer.join().status() == 200);
        assertThat(services.isActive("web", token)).isFalse();
    }
}
